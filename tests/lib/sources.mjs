// The C sources of the program, and the routes as their tables have them.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const src = path.join(path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url)))), 'src');

export const sources = readdirSync(src, { withFileTypes: true }).filter((e) => e.isDirectory()).flatMap(({ name: slice }) => readdirSync(path.join(src, slice))
	.filter((f) => f.endsWith('.c')).map((file) => ({ slice, file, text: readFileSync(path.join(src, slice, file), 'utf8') })));

export const routes = sources.flatMap(({ slice, file, text }) => [...text.matchAll(/^\t\{ HTTP_([A-Z]+), "([^"]+)"/gm)].map(([, method, route]) => ({ slice, file, method, route })));
