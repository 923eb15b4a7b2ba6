// Everything a person has in one place, to take along, and the way out.
import test from 'node:test';
import assert from 'node:assert/strict';
import { startServer, Client } from '../lib/server.mjs';

let server;
test.before(async () => { server = await startServer({ demo: 20 }); });
test.after(async () => { await server?.stop(); });

async function citizen(lang = 'ru') {
	const c = new Client(server.base, lang);
	for (let k = 0; k < 10; k++) {
		await c.get('/sign-in/identity');
		await c.post('/sign-in/identity', { iin: `99010130001${k}`, name: 'Айгүл Серікова' });
		if (c.url === '/me') return c;
	}
	throw new Error('no valid number');
}
async function file(c) {
	await c.get('/appeals/new');
	await c.post('/appeals/new', { text: 'На улице Абая большая яма, просим починить.', kind: 'message' });
	await c.post(c.url, { topic: 'roads', region: '100000000', district: '' });
	await c.post(c.url, { body: '10003', name: 'Айгүл Серікова' });
	return c.url;
}

test('a person takes the data along and leaves; the appeal stays by its number', async () => {
	const c = await citizen(), receipt = await file(c), number = receipt.split('/')[2];
	await c.get('/me');
	assert.match(c.html, new RegExp(number));
	await c.get('/me/all');
	assert.equal(c.status, 200);
	await c.get('/me/data.json');
	const data = JSON.parse(c.html);
	assert.equal(data.name, 'Айгүл Серікова');
	assert.deepEqual(data.appeals.map((a) => [a.number, a.text]), [[number, 'На улице Абая большая яма, просим починить.']]);
	assert.ok(Array.isArray(data.petitions) && Array.isArray(data.signatures) && Array.isArray(data.receptions));

	await c.get('/me/all');
	await c.post('/me/leave', {}, '/me/leave');
	assert.equal(c.status, 422, 'not by one slip of the finger');
	await c.post('/me/leave', { sure: '1' }, '/me/leave');
	assert.match(c.text(), /Учётная запись удалена/);
	await c.get('/me');
	assert.match(c.url, /^\/sign-in/, 'signed out');
	await c.get(receipt);
	assert.equal(c.status, 200, 'the receipt still opens it');
	const again = await citizen();
	await again.get('/me');
	assert.doesNotMatch(again.html, new RegExp(number), 'a new account knows nothing of the old one');
});

test('another person\'s things are in nobody else\'s file', async () => {
	const c = await citizen();
	await file(c);
	const guest = new Client(server.base);
	await guest.get('/me/data.json');
	assert.match(guest.url, /^\/sign-in/);
});
