// Two officials of one body at one answer: the second sees who is writing, loses nothing, and can take over.
import test from 'node:test';
import assert from 'node:assert/strict';
import { startServer, Client, signIn } from '../lib/server.mjs';

let server;
test.before(async () => { server = await startServer({ demo: 20 }); });
test.after(async () => { await server?.stop(); });

test('one writes, the other reads, takes over, and the first is told', async () => {
	const c = new Client(server.base);
	await c.get('/appeals/new');
	await c.post('/appeals/new', { text: 'На улице Абая большая яма. Когда починят?', kind: 'message' });
	await c.post(c.url, { topic: 'roads', region: '100000000', district: '' });
	await c.post(c.url, { body: '10003', name: 'Иван Петров', email: 'ivan@example.kz' });
	const number = c.url.split('/')[2], desk = `/desk/${number}`;
	const all = await signIn(server.base, 'all.r10_roads@demo.kz'), executor = await signIn(server.base, 'executor.r10_roads@demo.kz');
	await all.get(desk);
	await all.post(`${desk}/register`, { kind: 'message', topic: 'roads', points: '' }, `${desk}/register`);
	await all.post(`${desk}/take`, {}, `${desk}/take`);
	await all.post(`${desk}/save`, { decision: 'explained', text: 'Первый черновик ответа.', lang: 'ru' }, `${desk}/save`);
	assert.equal(all.status, 200, all.text().slice(0, 400));
	await executor.get(desk);
	assert.match(executor.text(), /Aigul Serikova|Айгуль/, 'the name of whoever is writing');
	assert.match(executor.html, new RegExp(`action="${desk}/lock"`));
	await executor.post(`${desk}/save`, { decision: 'explained', text: 'Второй черновик, длинный и важный.', lang: 'ru' }, `${desk}/save`);
	assert.equal(executor.status, 422);
	assert.match(executor.html, /Второй черновик, длинный и важный\./, 'nothing typed is lost');
	await executor.post(`${desk}/lock`, {}, `${desk}/lock`);
	await executor.post(`${desk}/save`, { decision: 'explained', text: 'Второй черновик, длинный и важный.', lang: 'ru' }, `${desk}/save`);
	assert.equal(executor.status, 200);
	await all.post(`${desk}/save`, { decision: 'explained', text: 'Первый снова.', lang: 'ru' }, `${desk}/save`);
	assert.equal(all.status, 422);
	await executor.get(desk);
	assert.match(executor.html, /Второй черновик/);
	await executor.post(`${desk}/submit`, { decision: 'granted', text: 'Яму на улице Абая засыпят до 12 декабря. Работу сделает подрядчик, примет её отдел дорог. Если яма останется, позвоните нам.', lang: 'ru' }, `${desk}/save`);
	assert.equal(executor.status, 200, executor.text().slice(0, 900));
	await all.get(desk);
	assert.ok(!all.html.includes(`action="${desk}/lock"`), 'nobody writes at what was handed in');
});
