// Starts build/jauap on a free port with a fresh data folder, and a small client with cookies and forms. For node --test.
import { spawn, execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, readFileSync, openSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createServer } from 'node:net';
import { createHmac } from 'node:crypto';
import path from 'node:path';

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../..');
const program = process.env.JAUAP ?? path.join(root, 'build/jauap');

export function freePort() {
	return new Promise((done) => {
		const s = createServer();
		s.listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); });
	});
}

// JAUAP_ENGINE=postgres: a fresh database of the server in JAUAP_TEST_PG for each start; JAUAP_TEST_PG_DIRECT: the way past a pooler.
let databases = 0;
function freshDatabase() {
	if (process.env.JAUAP_ENGINE !== 'postgres') return [];
	const address = process.env.JAUAP_TEST_PG, name = `t${process.pid}_${databases++}`;
	const direct = process.env.JAUAP_TEST_PG_DIRECT, named = (where) => where.replace('postgresql:///jauap', `postgresql:///${name}`);
	execFileSync('psql', ['-q', '-d', direct ?? address, '-c', `CREATE DATABASE ${name}`]);
	return ['--database', named(address), ...(direct ? ['--database-direct', named(direct)] : [])];
}

// JAUAP_TEST_LOGS: a folder where the logs of all servers of a run come together (tests/logs.mjs).
let logs = 0;
function keepLog(log) {
	if (process.env.JAUAP_TEST_LOGS) copyFileSync(log, path.join(process.env.JAUAP_TEST_LOGS, `${process.pid}-${logs++}`));
}

export async function startServer({ demo = 0, settings = [], data } = {}) {
	if (!data) settings = [...settings, ...freshDatabase()];
	const dir = data ?? mkdtempSync(path.join(tmpdir(), 'jauap-test-'));
	if (demo) execFileSync(program, ['demo', '--data', dir, '--appeals', String(demo), ...settings], { cwd: root });
	else if (!data) writeFileSync(path.join(dir, 'demo'), '');
	const port = await freePort();
	const log = path.join(dir, 'log');
	const child = spawn(program, ['serve', '--data', dir, '--listen', `127.0.0.1:${port}`, '--rate-off', 'yes', '--access-log', 'all', ...settings],
		{ cwd: root, stdio: ['ignore', 'ignore', openSync(log, 'a')] });
	const base = `http://127.0.0.1:${port}`;
	let ended = null;
	child.on('exit', (code, signal) => { ended = { code, signal }; });
	for (let i = 0; ; i++) {
		if (ended || i > 200) { child.kill('SIGKILL'); throw new Error('the server did not start:\n' + readFileSync(log, 'utf8')); }
		try { if ((await fetch(base + '/readyz')).ok) break; } catch { /* not yet */ }
		await new Promise((r) => setTimeout(r, 50));
	}
	return {
		base, dir, settings, pid: child.pid,
		database: settings.includes('--database') ? settings[settings.indexOf('--database') + 1] : dir, // for lib/signing.mjs
		log: () => readFileSync(log, 'utf8'),
		kill: (signal = 'SIGKILL') => new Promise((r) => { child.on('exit', r); child.kill(signal); }),
		async stop() {
			if (!ended) await new Promise((r) => { child.on('exit', r); child.kill('SIGTERM'); });
			if (ended.code !== 0) throw new Error(`the server ended with ${JSON.stringify(ended)}\n` + readFileSync(log, 'utf8').slice(-2000));
			keepLog(log);
			if (!data) rmSync(dir, { recursive: true, force: true });
		},
	};
}

// A day of the country, so many days from today: 2026-12-01. Where tests run it may still be yesterday.
export const dayAhead = (ahead = 0) => new Date(Date.now() + 5 * 3600e3 + ahead * 86400e3).toISOString().slice(0, 10);

// The same in the three fields of a form.
export function dayFields(name, ahead) {
	const [year, month, day] = dayAhead(ahead).split('-').map(Number);
	return { [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: year };
}

// Asks until there is an answer, for what the program does in its own time (counts, jobs, letters); fails after a minute.
export async function until(what, ask) {
	for (let i = 0; i < 600; i++) {
		const got = await ask();
		if (got) return got;
		await new Promise((r) => setTimeout(r, 100));
	}
	throw new Error(`never: ${what}`);
}

// A visitor: cookies, redirects, forms with their hidden fields.
export class Client {
	constructor(base, lang = 'ru') { this.base = base; this.lang = lang; this.cookies = new Map(); this.html = ''; }
	async request(where, options = {}) {
		const url = new URL(where, this.base);
		const r = await fetch(url, { redirect: 'manual', ...options,
			headers: { 'accept-language': this.lang, cookie: [...this.cookies].map(([k, v]) => `${k}=${v}`).join('; '), ...options.headers } });
		for (const c of r.headers.getSetCookie()) {
			const [pair, ...rest] = c.split(';');
			const [k, v] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
			if (rest.some((x) => x.trim() === 'Max-Age=0')) this.cookies.delete(k); else this.cookies.set(k, v);
		}
		if (r.status === 303) { await r.arrayBuffer(); return this.request(r.headers.get('location')); }
		this.response = r; this.status = r.status; this.url = url.pathname + url.search; this.html = await r.text();
		return this;
	}
	get(where) { return this.request(where); }
	hidden(action) {
		// the form with this action, or the first that posts
		const forms = [...this.html.matchAll(/<form\b[^>]*method="post"[^>]*>([\s\S]*?)<\/form>/g)];
		const form = forms.find(([f]) => !action || f.includes(`action="${action}"`)) ?? forms[0];
		if (!form) throw new Error(`no form on ${this.url}`);
		return [...form[1].matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, k, v]) => [k, v]);
	}
	post(where, fields = {}, action) {
		const body = new URLSearchParams(this.hidden(action));
		for (const [k, v] of Object.entries(fields)) { body.delete(k); for (const x of [v].flat()) body.append(k, x); }
		return this.request(where, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
	}
	text() { return this.html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' '); }
}

// RFC 6238 for the officials of the demonstration.
export function totp(when = Date.now(), secret = 'jauap-demo-secret-20') {
	const step = Buffer.alloc(8);
	step.writeBigUInt64BE(BigInt(Math.floor(when / 30000)));
	const h = createHmac('sha1', secret).update(step).digest();
	return String((h.readUInt32BE(h[19] & 15) & 0x7fffffff) % 1000000).padStart(6, '0');
}

// A code works once: later sign-ins of the same official use the neighbouring step.
export async function signIn(base, email, offset = 0, lang = 'ru') {
	const c = new Client(base, lang);
	await c.get('/staff/sign-in');
	await c.post('/staff/sign-in', { email, password: 'demo-Jauap-2026', code: totp(Date.now() + offset * 30000) });
	if (!c.url.startsWith('/desk') && !c.url.startsWith('/staff/body') && !c.url.startsWith('/insight')) throw new Error(`${email} is not signed in: ${c.url}`);
	return c;
}

// A made-up person's identifier with its control digit, always the same for the same number.
export function iin(n) {
	for (let i = n * 10; ; i++) {
		const head = `${99 - Math.floor(i / 10000) % 90}0101` + '3' + String(i % 10000).padStart(4, '0');
		const sum = (from) => [...head].reduce((s, d, k) => s + Number(d) * ((k + from) % 11 + 1), 0) % 11;
		const control = sum(0) === 10 ? sum(2) : sum(0);
		if (control < 10) return head + control;
	}
}

// A citizen of the demonstration's identity provider.
export async function signInCitizen(base, { n = 1, name = 'Айгүл Серікова', lang = 'ru' } = {}) {
	const c = new Client(base, lang);
	await c.get('/sign-in/identity');
	await c.post('/sign-in/identity', { iin: iin(n), name });
	if (c.url !== '/me') throw new Error(`the citizen is not signed in: ${c.url}`);
	return c;
}

export { root, program };
