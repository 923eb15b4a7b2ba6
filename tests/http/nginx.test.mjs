// The server behind nginx as deploy/nginx.conf says: addresses of clients, cookies of https, event streams, compression once, limits.
import test from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http2 from 'node:http2';
import https from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { startServer, freePort, root } from '../lib/server.mjs';

let server, dir, nginx, port;

test.before(async () => {
	port = await freePort();
	dir = mkdtempSync(path.join(tmpdir(), 'jauap-nginx-'));
	server = await startServer({ demo: 40, settings: ['--trusted-proxies', '127.0.0.1/32', '--public-url', `https://localhost:${port}`, '--rate-off', 'no'] });
	execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost', '-keyout', `${dir}/key.pem`, '-out', `${dir}/cert.pem`], { stdio: 'ignore' });
	const site = readFileSync(path.join(root, 'deploy/nginx.conf'), 'utf8')
		.replace('listen 443 ssl http2;', `listen 127.0.0.1:${port} ssl http2;`).replace('listen [::]:443 ssl http2;', '')
		.replace('/etc/ssl/jauap.pem', `${dir}/cert.pem`).replace('/etc/ssl/jauap.key', `${dir}/key.pem`)
		.replaceAll('http://127.0.0.1:8080', server.base);
	// Debian's own nginx.conf compresses: what comes compressed must not be compressed again
	writeFileSync(`${dir}/nginx.conf`, `daemon off;\npid ${dir}/pid;\nerror_log ${dir}/error.log;\nworker_processes 1;\nevents { worker_connections 200; }\n`
		+ `http {\naccess_log off;\ngzip on;\ngzip_types *;\ngzip_proxied any;\n`
		+ ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((t) => `${t}_temp_path ${dir}/${t};\n`).join('') + `${site}\n}\n`);
	nginx = spawn('nginx', ['-c', `${dir}/nginx.conf`, '-p', dir, '-e', `${dir}/error.log`], { stdio: 'ignore' });
	for (let i = 0; i < 200; i++) {
		if (await ask('/healthz').then((r) => r.status === 200, () => false)) return;
		await new Promise((r) => setTimeout(r, 50));
	}
	throw new Error('nginx did not start: ' + readFileSync(`${dir}/error.log`, 'utf8'));
});
test.after(async () => {
	if (nginx?.exitCode === null) await new Promise((r) => { nginx.on('exit', r); nginx.kill('SIGTERM'); });
	await server?.stop();
	if (dir) rmSync(dir, { recursive: true, force: true });
});

function ask(where, { method = 'GET', headers = {}, body, localAddress } = {}) {
	return new Promise((done, fail) => {
		const rq = https.request({ host: '127.0.0.1', port, path: where, method, headers: { host: `localhost:${port}`, ...headers }, rejectUnauthorized: false, localAddress }, (r) => {
			const parts = [];
			r.on('data', (d) => parts.push(d));
			r.on('end', () => done({ status: r.statusCode, headers: r.headers, body: Buffer.concat(parts) }));
		});
		rq.on('error', fail);
		rq.end(body);
	});
}

test('cookies and headers know that the visitor came by https', async () => {
	const r = await ask('/track', { headers: { 'accept-language': 'kk' } });
	assert.equal(r.status, 200);
	assert.match(r.body.toString(), /<html lang="kk"/);
	assert.ok(r.headers['set-cookie'].every((c) => c.startsWith('__Host-') && /; Secure/.test(c)), String(r.headers['set-cookie']));
	assert.match(r.headers['strict-transport-security'], /max-age=31536000/);
	const direct = await fetch(server.base + '/track');
	assert.ok(!direct.headers.get('strict-transport-security'));
});

test('a page is compressed once', async () => {
	const r = await ask('/help', { headers: { 'accept-encoding': 'gzip' } });
	assert.equal(r.headers['content-encoding'], 'gzip');
	assert.match(gunzipSync(r.body).toString(), /^<!doctype html>/i);
	assert.ok(r.headers.etag, 'the page can still be compared');
	assert.equal((await ask('/help', { headers: { 'accept-encoding': 'gzip', 'if-none-match': r.headers.etag } })).status, 304);
	assert.match((await ask('/help', { headers: { 'accept-encoding': 'identity' } })).body.toString(), /^<!doctype html>/i);
	assert.match((await ask('/assets/site.css', { headers: { 'accept-encoding': 'br' } })).headers['content-encoding'], /br/);
});

test('events come through as they happen', async () => {
	const first = await new Promise((done, fail) => {
		const rq = https.get({ host: '127.0.0.1', port, path: '/now/live', headers: { host: `localhost:${port}` }, rejectUnauthorized: false }, (r) => {
			assert.match(r.headers['content-type'], /text\/event-stream/);
			r.once('data', (d) => { done(d.toString()); rq.destroy(); });
		});
		rq.on('error', (e) => { if (e.code !== 'ECONNRESET') fail(e); });
	});
	assert.match(first, /^(id|event|data|:)/m);
});

test('a body above the limit stops at the proxy', async () => {
	const r = await ask('/track', { method: 'POST', headers: { 'content-length': String(70 << 20), 'content-type': 'application/x-www-form-urlencoded' }, body: 'x' }).catch((e) => ({ status: 413, e }));
	assert.equal(r.status, 413);
});

test('counts are for the proxy\'s own machine only', async () => {
	assert.equal((await ask('/metrics')).status, 200);
	assert.equal((await ask('/metrics', { localAddress: '127.0.0.2' })).status, 403);
});

test('HTTP/2 is spoken', async () => {
	const c = http2.connect(`https://127.0.0.1:${port}`, { rejectUnauthorized: false });
	try {
		const status = await new Promise((done, fail) => {
			const s = c.request({ ':path': '/', ':authority': `localhost:${port}` });
			s.on('response', (h) => done(h[':status'])).on('error', fail);
			s.resume();
		});
		assert.equal(status, 200);
	} finally { c.close(); }
});

// The last one: it uses up what one address may do.
test('a made-up address does not escape the limits', async () => {
	let status = 0;
	for (let i = 0; i < 30 && status !== 429; i++)
		({ status } = await ask('/track', { method: 'POST', localAddress: '127.0.0.9', headers: { 'x-forwarded-for': `203.0.113.${i}`, 'content-type': 'application/x-www-form-urlencoded' }, body: 'number=26-0000-0000&secret=2' }));
	assert.equal(status, 429, 'counted by the address that nginx saw');
	const other = await ask('/track', { method: 'POST', localAddress: '127.0.0.3', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'number=26-0000-0000&secret=2' });
	assert.notEqual(other.status, 429, 'another client is not punished');
});
