/** Pages are shells of one build, and their policy names its scripts: whoever keeps one asks whether it is still the same. */
import type { RequestListener } from 'node:http';

/** Files whose names change with their content. */
const BUILT = '/_next/';

export function withFreshPages(serve: RequestListener): RequestListener {
  return (request, response) => {
    if (request.url?.startsWith(BUILT) !== true) response.setHeader('cache-control', 'no-cache');
    serve(request, response);
  };
}
