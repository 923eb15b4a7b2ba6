// TLS in the program itself: pages, large forms, connections that stay open, and what a browser must be told.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort, program, root } from '../lib/server.mjs';

let dir, child, port, agent;
before(async () => {
	dir = mkdtempSync(path.join(tmpdir(), 'jauap-test-'));
	const key = path.join(dir, 'key.pem'), cert = path.join(dir, 'cert.pem');
	execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '2', '-subj', '/CN=localhost'], { stdio: 'ignore' });
	writeFileSync(path.join(dir, 'demo'), '');
	port = await freePort();
	child = spawn(program, ['serve', '--data', dir, '--listen', `127.0.0.1:${port}`, '--rate-off', 'yes', '--tls-cert', cert, '--tls-key', key],
		{ cwd: root, stdio: 'ignore' });
	agent = new Agent({ keepAlive: true, maxSockets: 1, rejectUnauthorized: false });
	for (let i = 0; ; i++) {
		try { if ((await ask('/readyz')).status === 200) break; } catch (e) { if (i > 200) throw e; }
		await new Promise((r) => setTimeout(r, 50));
	}
});
after(async () => {
	agent.destroy();
	await new Promise((r) => { child.on('exit', r); child.kill('SIGTERM'); });
	rmSync(dir, { recursive: true, force: true });
});

function ask(where, { method = 'GET', body, headers = {} } = {}) {
	return new Promise((done, fail) => {
		const q = request({ host: '127.0.0.1', port, path: where, method, headers, agent }, (r) => {
			const parts = [];
			r.on('data', (d) => parts.push(d));
			r.on('end', () => done({ status: r.statusCode, headers: r.headers, text: Buffer.concat(parts).toString(), reused: q.reusedSocket }));
		});
		q.on('error', fail);
		q.end(body);
	});
}

test('a page comes over TLS, says to stay with it, and the connection is used again', async () => {
	const first = await ask('/'), second = await ask('/appeals');
	assert.equal(first.status, 200);
	assert.match(first.headers['strict-transport-security'], /max-age=\d{7,}/);
	assert.match(first.text, /<h1/);
	assert.equal(second.status, 200);
	assert.ok(second.reused);
});

test('a form of many records arrives whole, and its cookie never leaves TLS', async () => {
	const page = await ask('/sign-in'), [cookie] = page.headers['set-cookie'];
	assert.match(cookie, /^__Host-/);
	assert.match(cookie, /; Secure/);
	const fields = new URLSearchParams([...page.text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, k, v]) => [k, v]));
	fields.set('email', 'person@example.kz');
	fields.set('filler', 'ә'.repeat(9000)); // 54 KB: several TLS records
	const sent = await ask('/sign-in', { method: 'POST', body: String(fields), headers: { 'content-type': 'application/x-www-form-urlencoded', cookie: cookie.split(';')[0] } });
	assert.equal(sent.status, 303);
	assert.match(sent.headers.location, /\/sign-in\/code/);
});

test('plain HTTP on the port of TLS gets nothing', async () => {
	await assert.rejects(fetch(`http://127.0.0.1:${port}/`));
});
