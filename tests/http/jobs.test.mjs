// Jobs that wait for others, and those that must not: counts go on while a mail server is silent.
import test from 'node:test';
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startServer, Client, signInCitizen, until } from '../lib/server.mjs';

test('a mail server that says nothing does not hold up the counts of petitions', async () => {
	const held = [], silent = net.createServer((socket) => { held.push(socket); socket.on('error', () => {}); });
	await new Promise((r) => silent.listen(0, '127.0.0.1', r));
	const server = await startServer({ demo: 20, settings: ['--mail-url', `smtp://127.0.0.1:${silent.address().port}`] });
	try {
		const visitor = new Client(server.base);
		await visitor.get('/sign-in');
		await visitor.post('/sign-in', { email: 'silent@example.kz' });
		await until(() => held.length, (n) => n > 0); // the letter is on its way
		const { data } = await (await fetch(`${server.base}/petitions.json?state=open`)).json(), id = data[0].id;
		const count = async () => (await (await fetch(`${server.base}/petitions/${id}/count.json`)).json()).signature_count, before = await count();
		const citizen = await signInCitizen(server.base);
		await citizen.get(`/petitions/${id}/sign`);
		await citizen.post(`/petitions/${id}/sign`, { region: '100000000', district: '' }, `/petitions/${id}/sign`);
		assert.equal(citizen.status, 200, citizen.text().slice(0, 300));
		await until(count, (n) => n > before);
		assert.ok(!held[0].readableEnded && !held[0].destroyed, 'the letter still waits');
	} finally {
		for (const socket of held) socket.destroy();
		silent.close();
		silent.on('connection', (socket) => socket.destroy());
		await server.stop();
	}
});

test('what a process had in hand when it was killed is done by the next one at once', { skip: process.env.JAUAP_ENGINE === 'postgres' && 'the data folder is all that the next process gets' }, async () => {
	const dir = mkdtempSync(path.join(tmpdir(), 'jauap-test-')), held = [], silent = net.createServer((socket) => { held.push(socket); socket.on('error', () => {}); });
	writeFileSync(path.join(dir, 'demo'), '');
	await new Promise((r) => silent.listen(0, '127.0.0.1', r));
	try {
		const first = await startServer({ data: dir, settings: ['--mail-url', `smtp://127.0.0.1:${silent.address().port}`] });
		const visitor = new Client(first.base);
		await visitor.get('/sign-in');
		await visitor.post('/sign-in', { email: 'killed@example.kz' });
		await until(() => held.length, (n) => n > 0); // the letter is in hand
		await first.kill();
		const second = await startServer({ data: dir }); // letters land in a folder
		try {
			await until(async () => (await new Client(second.base).get('/demo/mail')).text(), (t) => /killed@example\.kz .* отправлено/.test(t));
		} finally { await second.stop(); }
	} finally {
		for (const socket of held) socket.destroy();
		silent.close();
		rmSync(dir, { recursive: true, force: true });
	}
});
