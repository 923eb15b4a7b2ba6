// logs.mjs DIR: the logs of every server that a run of the suites started. They hold nothing of a person, and every route has answered somebody.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { routes } from './lib/sources.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const dir = process.argv[2], wrong = [], answered = new Set();

// The log is English and names routes: whatever looks like a person's words, address or number came from a person.
const personal = [
	['a word of a person', /[\p{Script=Cyrillic}]/u],
	['an address of mail', /[\w.+-]+@[\w-]+/],
	['a personal number or a phone', /(?<![\da-f])(?:\d{12}|\+?7\d{10}|8\d{10})(?![\da-f])/],
	['the code of a receipt', /\/receipt\/\d\d-/],
	['a name in Latin letters', /\b(?:Petrov|Serik|Aigul|Moana|Erlan)/i],
];
// What the suites send: if one of these was never there, nothing was looked for.
const sent = ['/appeals/draft/:token/who', '/sign-in/identity', '/api/v1/appeals', '/petitions/:id/sign', '/track', '/staff/sign-in', '/admin/people'];

let lines = 0, files = 0;
for (const file of readdirSync(dir)) {
	files++;
	for (const line of readFileSync(path.join(dir, file), 'utf8').split('\n')) {
		if (!line) continue;
		lines++;
		for (const [what, pattern] of personal) if (pattern.test(line)) wrong.push(`${file}: ${what}: ${line.slice(0, 300)}`);
		const [, method, route, status] = /"what":"request".*"method":"([A-Z]+)","route":"([^"]*)","status":(\d+)/.exec(line) ?? [];
		if (route && (Number(status) < 400 || status === '422')) answered.add(`${method} ${route}`);
	}
}

const missing = [];
for (const { slice, file, method, route } of routes)
	if (!answered.has(`${method} ${route}`)) missing.push(`${method} ${route} (src/${slice}/${file})`);

for (const route of sent) if (![...answered].some((a) => a.endsWith(` ${route}`))) wrong.push(`nobody was at ${route}: the suites have not run whole`);
for (const w of wrong.slice(0, 40)) console.log(w);
// Those that no test has gone through yet, by name: the list only gets shorter.
const known = new Set(readFileSync(path.join(root, 'tests/untested_routes.txt'), 'utf8').split('\n').filter((l) => l && !l.startsWith('#')));
const fresh = missing.filter((m) => !known.has(m.split(' (')[0])), done = [...known].filter((k) => !missing.some((m) => m.startsWith(`${k} (`)));
for (const m of fresh) console.log(`no test gets an answer from ${m}`);
for (const k of done) console.log(`${k} has a test, it may leave tests/untested_routes.txt`);
console.log(`${files} logs, ${lines} lines, ${wrong.length} with something of a person; ${answered.size} routes answered, ${missing.length} did not`);
process.exit(wrong.length || fresh.length ? 1 : 0);
