import { describe, expect, it } from 'vitest';
import { isOurHost, isOurOrigin } from './origins.ts';

const local = { host: '127.0.0.1', allowedOrigins: [] };
const proxied = { host: '127.0.0.1', allowedOrigins: ['https://risk.example.com'] };
const everywhere = { host: '0.0.0.0', allowedOrigins: [] };
const named = { host: 'desk.lan', allowedOrigins: [] };

describe('a host is ours', () => {
  it.each([
    ['localhost:3000', local, true],
    ['LOCALHOST', local, true],
    ['127.0.0.1:3000', local, true],
    ['[::1]:3000', local, true],
    ['rebound.example.com:3000', local, false],
    ['127.0.0.1.example.com', local, false],
    ['192.168.1.7:3000', local, false],
    ['localhost@evil.example', local, false],
    ['', local, false],
    [undefined, local, false],
    ['risk.example.com', proxied, true],
    ['other.example.com', proxied, false],
    ['192.168.1.7:3000', everywhere, true],
    ['[fe80::1]:3000', everywhere, true],
    ['rebound.example.com', everywhere, false],
    ['desk.lan:3000', named, true],
  ])('%s: %o gives %s', (header, rules, ours) => {
    expect(isOurHost(rules, header)).toBe(ours);
  });
});

describe('an origin is ours', () => {
  it.each([
    ['http://localhost:3000', 'localhost:3000', local, true],
    [undefined, 'localhost:3000', local, true],
    ['http://localhost:4000', 'localhost:3000', local, false],
    ['http://evil.example', 'localhost:3000', local, false],
    ['null', 'localhost:3000', local, false],
    ['https://risk.example.com', 'localhost:3000', proxied, true],
    ['https://risk.example.com', 'risk.example.com', local, true],
    ['https://risk.example.com.evil.example', 'localhost:3000', proxied, false],
  ])('%s at %s: %o gives %s', (origin, host, rules, ours) => {
    expect(isOurOrigin(rules, { origin, host })).toBe(ours);
  });
});
