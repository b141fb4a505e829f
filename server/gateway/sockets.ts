/** Our sockets, by what travels over them. */
import { type Server, type Socket } from 'socket.io';
import { type ClientToServer, type Farewell, type ServerToClient } from '#lib/wire/protocol.ts';

export type Io = Server<ClientToServer, ServerToClient & Farewell>;
export type Client = Socket<ClientToServer, ServerToClient & Farewell>;
