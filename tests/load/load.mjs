// What all benches share: data folders kept between runs, the server on core 0, wrk on core 1, nginx with the same bytes beside it, medians of 5.
import { spawn, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, writeFileSync, readFileSync, openSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root, Client, signIn } from '../lib/server.mjs';

export const program = path.join(root, 'build/jauap');
const home = process.env.JAUAP_BENCH ?? path.join(root, 'var/bench');
export const rounds = Number(process.env.JAUAP_BENCH_ROUNDS ?? 5);
const seconds = process.env.JAUAP_BENCH_SECONDS ?? '2';
const begun = [];

// Everything that was started ends with the bench, however it ends.
export function ends(stop) { begun.push(stop); }
export async function endAll() { for (const stop of begun.reverse()) await stop(); begun.length = 0; }

export function median(values) { const v = [...values].sort((a, b) => a - b); return v[Math.floor(v.length / 2)]; }
export function count(n) { return n === 0 ? 'nothing' : n >= 1e6 ? `${n / 1e6} million` : n >= 1e3 ? `${n / 1e3} thousand` : String(n); }
export function verdict(good) { return good ? 'met' : 'NOT MET'; }

export function freePort() {
	return new Promise((done) => {
		const s = createServer();
		s.listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); });
	});
}

// A country with so many appeals, made once: JAUAP_BENCH (var/bench) / N. 0: empty, in a folder that goes away.
export function dataOf(appeals) {
	if (!appeals) {
		const dir = mkdtempSync(path.join(tmpdir(), 'jauap-bench-'));
		writeFileSync(path.join(dir, 'demo'), '');
		ends(() => rmSync(dir, { recursive: true, force: true }));
		return dir;
	}
	const dir = path.join(home, String(appeals));
	if (!existsSync(path.join(dir, 'demo'))) {
		rmSync(dir, { recursive: true, force: true });
		mkdirSync(dir, { recursive: true });
		const out = execFileSync(program, ['demo', '--data', dir, '--appeals', String(appeals)], { encoding: 'utf8' });
		console.log(`filled ${count(appeals)} appeals: ${out.split('\n')[0]}`);
	}
	return dir;
}

function started(command, args, options) {
	const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'ignore'], ...options });
	const ended = new Promise((r) => child.on('exit', r));
	const stop = async () => { child.kill(); await ended; };
	ends(stop);
	return { pid: child.pid, stop, ended };
}

export async function serve(dir, settings = []) {
	const port = await freePort(), base = `http://127.0.0.1:${port}`, log = path.join(mkdtempSync(path.join(tmpdir(), 'jauap-log-')), 'log');
	const began = performance.now();
	const child = started('taskset', ['-c', '0', program, 'serve', '--data', dir, '--listen', `127.0.0.1:${port}`, '--rate-off', 'yes', '--per-address-max', '0',
		'--connections-max', '20000', '--io-threads', '1', '--access-log', 'none', ...settings], { stdio: ['ignore', 'ignore', openSync(log, 'a')] });
	ends(() => rmSync(path.dirname(log), { recursive: true, force: true }));
	for (let i = 0; ; i++) {
		try { if ((await fetch(base + '/readyz')).ok) break; } catch { /* not yet */ }
		if (i > 600) throw new Error('the server did not start:\n' + readFileSync(log, 'utf8'));
		await new Promise((r) => setTimeout(r, 50));
	}
	const ready = performance.now() - began;
	await quiet(base);
	return { ...child, base, port, ready, resident: () => resident(child.pid) };
}

// Jobs that waited while nothing served run first.
async function quiet(base) {
	for (let i = 0, before = -1; i < 60; i++) {
		const now = Number((await (await fetch(base + '/metrics')).text()).match(/^jauap_db_works_total\S* (\d+)/m)?.[1] ?? 0);
		if (before >= 0 && now - before < 40) return;
		before = now;
		await new Promise((r) => setTimeout(r, 1000));
	}
}

export function resident(pid) { return Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)[1]) / 1024; }

// Requests a second, the 99th percentile in ms, and answers that were no success.
export async function wrk(url, { connections = 32, script, headers = {}, time = seconds } = {}) {
	const args = ['-c', '1', 'wrk', '-t1', `-c${connections}`, `-d${time}s`, '--latency'];
	for (const [k, v] of Object.entries(headers)) args.push('-H', `${k}: ${v}`);
	if (script) args.push('-s', path.join(root, 'tests/load', script));
	const out = await new Promise((done, fail) => {
		const child = spawn('taskset', [...args, url], { stdio: ['ignore', 'pipe', 'inherit'] });
		let text = '';
		child.stdout.on('data', (d) => { text += d; });
		child.on('error', fail);
		child.on('exit', () => done(text));
	});
	const p99 = out.match(/99%\s+([\d.]+)(us|ms|s)/);
	return {
		rate: Number(out.match(/Requests\/sec:\s+([\d.]+)/)?.[1] ?? 0),
		p99: p99 ? Number(p99[1]) * { us: 0.001, ms: 1, s: 1000 }[p99[2]] : 0,
		bad: Number(out.match(/Non-2xx or 3xx responses: (\d+)/)?.[1] ?? 0),
	};
}

// nginx on the server's core, sending files of a folder.
export async function nginx() {
	const dir = mkdtempSync(path.join(tmpdir(), 'jauap-nginx-')), port = await freePort();
	ends(() => rmSync(dir, { recursive: true, force: true }));
	mkdirSync(path.join(dir, 'www'));
	execFileSync('chmod', ['-R', 'a+rX', dir]);
	writeFileSync(path.join(dir, 'nginx.conf'), `worker_processes 1; daemon off; pid ${dir}/pid; error_log /dev/null;
events { worker_connections 4096; }
http { access_log off; sendfile on; keepalive_requests 1000000; types { text/html html; }
 client_body_temp_path ${dir}/t1; proxy_temp_path ${dir}/t2; fastcgi_temp_path ${dir}/t3; uwsgi_temp_path ${dir}/t4; scgi_temp_path ${dir}/t5;
 server { listen 127.0.0.1:${port}; root ${dir}/www; } }
`);
	started('taskset', ['-c', '0', 'nginx', '-c', path.join(dir, 'nginx.conf')]);
	await new Promise((r) => setTimeout(r, 500));
	return {
		async save(body) {
			const url = `http://127.0.0.1:${port}/page.html`;
			writeFileSync(path.join(dir, 'www/page.html'), body, { mode: 0o644 });
			if (!body.equals(Buffer.from(await (await fetch(url)).arrayBuffer()))) throw new Error('nginx does not send the saved page');
			return url;
		},
	};
}

const cookies = (c) => [...c.cookies].map(([k, v]) => `${k}=${v}`).join('; ');

// A one-time code works once: a bench that ran a moment ago may have used this one.
export async function official(base, email = 'all.r10_roads@demo.kz') {
	for (const step of [0, 1, -1])
		try { return cookies(await signIn(base, email, step)); } catch { /* the next one */ }
	throw new Error(`${email} is not signed in`);
}

// A citizen of the demonstration, with the code that lies in the demonstration's mail.
export async function citizen(base, email = 'citizen1@demo.kz') {
	const c = new Client(base);
	await c.get('/sign-in');
	await c.post('/sign-in', { email });
	const form = c.html;
	for (let i = 0; i < 100; i++) {
		const mail = await (await fetch(base + '/demo/mail')).text(), code = await newestCode(base, mail, email);
		if (code) {
			c.html = form;
			await c.post('/sign-in/code', { code });
			if (c.url.startsWith('/me')) return cookies(c);
		}
		await new Promise((r) => setTimeout(r, 200));
	}
	throw new Error(`${email} is not signed in`);
}

async function newestCode(base, list, email) {
	for (const [, id] of [...list.matchAll(/\/demo\/mail\/(\d+)/g)].slice(0, 5)) {
		const letter = await (await fetch(`${base}/demo/mail/${id}`)).text(), code = letter.match(/\b(\d{6})\b/);
		if (code && letter.includes(email)) return code[1];
	}
	return null;
}
