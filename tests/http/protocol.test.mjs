// What can be wrong with a request, said in the visitor's language, by the server as it is served. lib/http has its own tests; here the pages are.
import test from 'node:test';
import assert from 'node:assert/strict';
import net from 'node:net';
import path from 'node:path';
import { spawn } from 'node:child_process';
import { startServer, Client } from '../lib/server.mjs';

let server;
test.before(async () => { server = await startServer({}); });
test.after(async () => { await server?.stop(); });

// Bytes as they are; the whole answer until the server has said it.
function raw(text, to = server) {
	return new Promise((done, fail) => {
		const s = net.connect(Number(new URL(to.base).port), '127.0.0.1', () => s.write(text));
		let got = Buffer.alloc(0);
		const ready = () => {
			const end = got.indexOf('\r\n\r\n');
			const length = end < 0 ? NaN : Number(/content-length: (\d+)/i.exec(got.subarray(0, end).toString())?.[1]);
			if (got.length >= end + 4 + length) s.destroy();
		};
		s.on('data', (d) => { got = Buffer.concat([got, d]); ready(); });
		s.on('close', () => done({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(got.toString('latin1'))?.[1]), text: got.toString() }));
		s.on('error', fail);
	});
}

const say = (method, where, lang, headers = '') => raw(`${method} ${where} HTTP/1.1\r\nHost: x\r\nAccept-Language: ${lang}\r\n${headers}\r\n`);
const title = { kk: /<html lang="kk"/, ru: /<html lang="ru"/, en: /<html lang="en"/ };

for (const lang of ['kk', 'ru', 'en'])
	test(`what is wrong is said in ${lang}`, async () => {
		const cases = [
			[400, () => say('GET', '/%ff', lang)],
			[400, () => say('GET', '/?a=%zz', lang)],
			[400, () => say('GET', '/../etc/passwd', lang)],
			[400, () => say('POST', '/track', lang, 'Content-Length: 1\r\nTransfer-Encoding: chunked\r\n')],
			[403, () => say('POST', '/track', lang, 'Content-Length: 0\r\n')],
			[404, () => say('GET', '/nothing', lang)],
			[405, () => say('DELETE', '/appeals', lang)],
			[406, () => say('GET', '/', lang, 'Accept: application/pdf\r\n')],
			[406, () => say('GET', '/help', lang, 'Accept: text/html;q=0, image/*\r\n')],
			[413, () => say('POST', '/track', lang, 'Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 900000000\r\n')],
			[414, () => say('GET', `/${'a'.repeat(5000)}`, lang)],
			[415, () => say('POST', '/track', lang, 'Content-Type: application/json\r\nContent-Length: 2\r\n')],
			[431, () => say('GET', '/', lang, `X-Long: ${'a'.repeat(9000)}\r\n`)],
		];
		for (const [status, ask] of cases) {
			const a = await ask();
			assert.equal(a.status, status, a.text.slice(0, 300));
			assert.match(a.text, title[lang], String(status));
			assert.match(a.text, /content-security-policy/i, `${status} keeps the policy`);
			assert.match(a.text, /<a [^>]*href="\/"/, `${status} shows a way on`);
		}
		const c = new Client(server.base, lang);
		await c.get('/track');
		await c.post('/track', { number: '', secret: '' });
		assert.equal(c.status, 422);
		assert.match(c.html, title[lang]);
	});

test('a client that takes anything gets the page, and one that asks for its type gets that', async () => {
	for (const accept of ['*/*', 'text/*', 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8', 'text/html;q=0.1'])
		assert.equal((await say('GET', '/help', 'ru', `Accept: ${accept}\r\n`)).status, 200, accept);
	assert.equal((await say('GET', '/appeals.csv', 'ru', 'Accept: text/csv\r\n')).status, 200);
	assert.equal((await say('GET', '/appeals.csv', 'ru', 'Accept: text/html\r\n')).status, 406);
	assert.equal((await say('GET', '/assets/site.css', 'ru', 'Accept: text/css\r\n')).status, 200);
	assert.equal((await say('GET', '/api/v1/appeals', 'ru', 'Accept: application/json\r\n')).status, 200);
});

test('too often is said with the time to wait', async () => {
	const limited = await startServer({ settings: ['--rate-off', 'no'] });
	try {
		const c = new Client(limited.base, 'kk');
		await c.get('/track');
		for (let i = 0; i < 30 && c.status !== 429; i++) { await c.get('/track'); await c.post('/track', { number: '26-0000-0000', secret: '222222222222' }); }
		assert.equal(c.status, 429);
		assert.match(c.html, title.kk);
		assert.ok(Number(c.response.headers.get('retry-after')) > 0);
		const other = await startServer({ settings: ['--rate-off', 'no', '--rate-allow', '127.0.0.0/8'] });
		try {
			const d = new Client(other.base, 'kk');
			for (let i = 0; i < 20; i++) { await d.get('/track'); await d.post('/track', { number: '26-0000-0000', secret: '222222222222' }); assert.notEqual(d.status, 429, 'a reception centre is on the list'); }
		} finally { await other.stop(); }
	} finally { await limited.stop(); }
});

test('a database that cannot write is said, with the time to come back', { skip: process.env.JAUAP_ENGINE === 'postgres' ? 'it is SQLite that is held' : false }, async () => {
	const c = new Client(server.base, 'ru');
	await c.get('/appeals/new');
	const holder = spawn('sqlite3', [path.join(server.dir, 'jauap.db')], { stdio: ['pipe', 'pipe', 'inherit'] });
	try {
		holder.stdin.write('BEGIN IMMEDIATE;\nSELECT \'held\';\n');
		await new Promise((r) => holder.stdout.once('data', r));
		await c.post('/appeals/new', { text: 'Во дворе вторую неделю не горит свет, сделайте что-нибудь.', kind: 'message' });
		assert.equal(c.status, 503);
		assert.match(c.html, title.ru);
		assert.ok(Number(c.response.headers.get('retry-after')) > 0);
	} finally { holder.stdin.end('ROLLBACK;\n'); }
	await new Promise((r) => holder.on('exit', r));
	await c.get('/appeals/new');
	await c.post('/appeals/new', { text: 'Во дворе вторую неделю не горит свет, сделайте что-нибудь.', kind: 'message' });
	assert.match(c.url, /\/where$/, 'it goes on when it can');
});

test('two requests in one write are answered in order, and a close is kept', async () => {
	const s = net.connect(Number(new URL(server.base).port), '127.0.0.1');
	let got = '';
	s.on('data', (d) => { got += d.toString('latin1'); });
	s.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
	await new Promise((r) => s.on('close', r));
	assert.deepEqual([...got.matchAll(/HTTP\/1\.1 (\d+)/g)].map((m) => m[1]), ['200', '404']);
});

test('a form arrives in pieces', async () => {
	const c = await new Client(server.base, 'ru').get('/track');
	const fields = new URLSearchParams([...c.hidden('/track'), ['number', '26-0000-0000'], ['secret', '222222222222']]).toString();
	const s = net.connect(Number(new URL(server.base).port), '127.0.0.1');
	let got = '';
	s.on('data', (d) => { got += d.toString(); });
	s.write(`POST /track HTTP/1.1\r\nHost: x\r\nCookie: ${[...c.cookies].map(([k, v]) => `${k}=${v}`).join('; ')}\r\nContent-Type: application/x-www-form-urlencoded\r\n`
		+ 'Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n');
	for (const piece of fields.match(/.{1,7}/g)) s.write(`${piece.length.toString(16)}\r\n${piece}\r\n`);
	s.write('0\r\n\r\n');
	await new Promise((r) => s.on('close', r));
	assert.match(got, /^HTTP\/1\.1 4(04|22)/, 'the token in the pieces was read, the number is not known');
});
