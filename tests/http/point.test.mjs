// The point on the map: pressed on a picture, typed, or taken from a photo whose file no longer has it.
import test from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startServer, Client, root } from '../lib/server.mjs';

let server;
test.before(async () => { server = await startServer({}); });
test.after(async () => { await server?.stop(); });

const text = 'В Семее на улице Абая на дороге большая яма. Когда починят?';
async function draft(photo) {
	const c = new Client(server.base);
	await c.get('/appeals/new');
	const body = new FormData();
	for (const [k, v] of c.hidden()) body.append(k, v);
	body.append('text', text);
	body.append('kind', 'message');
	if (photo) body.append('files', new Blob([photo]), 'яма.jpg');
	await c.request('/appeals/new', { method: 'POST', body });
	assert.match(c.url, /\/where$/, c.text().slice(0, 300));
	return c;
}
const pointOf = (c) => c.html.match(/<input[^>]*name="point"[^>]*>/)[0].match(/value="([^"]*)"/)?.[1] ?? '';
const where = { topic: 'roads', place: '', region: '', district: '', address: '' };
async function toPoint(c, fields) {
	const at = c.url;
	await c.post(at + '/point', { ...where, ...fields }, at);
	assert.match(c.url, /\/point$/, c.text().slice(0, 300));
	return at.replace('/where', '/point');
}
async function send(c) {
	await c.post(c.url, { ...where, region: '100000000' }, c.url);
	assert.match(c.url, /\/who$/, c.text().slice(0, 300));
	await c.post(c.url, { body: c.html.match(/name="body"[^>]*value="(\d+)"/)[1], name: 'Иван Петров', email: 'ivan@example.kz' });
	assert.match(c.url, /^\/receipt\//);
	return c;
}

test('a place is suggested from the text and the point is pressed on its picture', async () => {
	const c = await draft();
	const near = [...c.html.matchAll(/name="place"[^>]*value="(\d+)"/g)].map((m) => m[1]);
	assert.ok(near.length >= 1 && near.length <= 3, 'places named in the text');
	const at = await toPoint(c, { place: near[0] });
	const picture = await fetch(server.base + c.html.match(/src="(\/places\/\d+\/map\.svg)"/)[1]);
	assert.equal(picture.headers.get('content-type'), 'image/svg+xml; charset=utf-8');
	assert.match(await picture.text(), /^<svg xmlns/);
	await c.post(at, { point: '', 'small.x': '144', 'small.y': '108' }, at);
	const [lat, lon] = pointOf(c).split(', ');
	assert.ok(Math.abs(lat - 50.41) < 0.15 && Math.abs(lon - 80.25) < 0.2, `${lat}, ${lon} is the middle of Semey`);
	await c.post(at, { point: `${lat}, ${lon}`, act: 'save' }, at);
	assert.match(c.url, /\/where$/);
	await send(c);
	assert.match(c.text(), new RegExp(`${lat}, ${lon}`), 'it stands in the appeal');
	assert.match(c.html, /<circle class="mark"/);
});

test('a point is typed as maps give it; nonsense and other countries are refused; it can be taken away', async () => {
	const c = await draft();
	const at = await toPoint(c, { region: '100000000' });
	for (const [point, said] of [['abc', 'Нужны два числа'], ['55.75, 37.62', 'за пределами страны']]) {
		await c.post(at, { point, act: 'save' }, at);
		assert.equal(c.status, 422);
		assert.match(c.text(), new RegExp(said));
		assert.match(c.html, new RegExp(`value="${point}"`));
	}
	await c.post(at, { point: '51.1282, 71.4304' }, at);
	assert.match(c.text(), /Точка лежит здесь: город Астана/, 'the place and the point differ, and the page says so');
	await c.post(at, { act: 'move' }, at);
	assert.doesNotMatch(c.text(), /Точка лежит здесь/);
	await c.post(at, { act: 'none' }, at);
	assert.equal(pointOf(c), '');
});

test('a photo offers its place, and the stored file has lost it', async () => {
	const exif = readFileSync(path.join(root, 'tests/fuzz/corpus/exif/big')), pixel = readFileSync(path.join(root, 'tests/data/pixel.jpg'));
	const photo = Buffer.concat([exif.subarray(0, -2), pixel.subarray(2)]);
	const c = await draft(photo);
	const at = await toPoint(c, { region: '100000000' });
	assert.match(c.text(), /было указано место/);
	await c.post(at, { point: '', act: 'photo' }, at);
	assert.equal(pointOf(c), '50.41110, 80.22750');
	await c.post(at, { point: '50.4111, 80.2275', act: 'save' }, at);
	await send(c);
	const r = await fetch(server.base + c.html.match(/href="(\/receipt\/[^"]+\/files\/\d+)"/)[1]), bytes = Buffer.from(await r.arrayBuffer());
	assert.equal(bytes.includes('Exif'), false);
});
