// Photos are drawn anew, documents are kept, everything else is refused beside the field.
import test from 'node:test';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { startServer, Client } from '../lib/server.mjs';

let server;
test.before(async () => { server = await startServer({}); });
test.after(async () => { await server?.stop(); });

// one red pixel, with a text chunk that must not survive
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC', 'base64');

async function send(bytes, name) {
	const c = new Client(server.base);
	await c.get('/appeals/new');
	const body = new FormData();
	for (const [k, v] of c.hidden()) body.append(k, v);
	body.append('text', 'В Семее на улице Абая две недели не горят фонари.');
	body.append('kind', 'message');
	body.append('files', new Blob([bytes]), name);
	return c.request('/appeals/new', { method: 'POST', body });
}

test('a photo is taken in as a fresh JPEG', async () => {
	const c = await send(png, '../../etc/фото.png');
	assert.match(c.url, /\/where$/, c.text().slice(0, 300));
	await c.post(c.url, { topic: 'lighting', region: '100000000', district: '' });
	await c.post(c.url, { body: c.html.match(/name="body"[^>]*value="(\d+)"/)[1], name: 'Иван Петров', email: 'ivan@example.kz' });
	const link = c.html.match(/href="(\/receipt\/[^"]+\/files\/\d+)"/)[1];
	assert.match(c.html, />фото\.jpg</);
	const r = await fetch(server.base + link), bytes = Buffer.from(await r.arrayBuffer());
	assert.equal(r.headers.get('content-type'), 'image/jpeg');
	assert.match(r.headers.get('content-disposition'), /^attachment/);
	assert.deepEqual([...bytes.subarray(0, 3)], [0xff, 0xd8, 0xff]);
	assert.equal((await fetch(server.base + link.replace(/[0-9A-Z]{12}\/files/, '222222222222/files'))).status, 404);
});

test('what is no picture and no document is refused beside the field', async () => {
	for (const bytes of [Buffer.from('<html><script>alert(1)</script>'), Buffer.concat([png.subarray(0, 20), Buffer.alloc(200, 7)])]) {
		const c = await send(bytes, 'photo.png');
		assert.equal(c.status, 422);
		assert.match(c.html, /фонари/, 'the words are still there');
	}
});

test('the sweep of stored files asks every table that holds a sum of one', () => {
	const folder = new URL('../../db/migrations/', import.meta.url), asked = readFileSync(new URL('../../src/file/file.sql', import.meta.url), 'utf8');
	const all = readdirSync(folder).filter((name) => name.endsWith('.sql')).map((name) => readFileSync(new URL(name, folder), 'utf8')).join('\n');
	const made = [...all.matchAll(/CREATE TABLE (\w+) \(([^]*?)\n\);/g)].filter(([, , columns]) => /^\t\w*sha256 /m.test(columns)).map(([, name]) => name);
	const added = [...all.matchAll(/ALTER TABLE (\w+) ADD COLUMN \w*sha256 /g)].map(([, name]) => name);
	assert.ok(made.length > 3);
	for (const table of ['appeal_draft', ...made, ...added]) assert.match(asked, new RegExp(`FROM ${table} `), table);
});
