// What an answer promised: the desk says that a step was done or moved, everybody reads it beside the promise, nothing typed is lost, nobody else says it.
import test from 'node:test';
import assert from 'node:assert/strict';
import { startServer, signIn, Client, dayAhead } from '../lib/server.mjs';

let server, all, receipt, number, desk;
const today = dayAhead(), year = Number(today.slice(0, 4)) + 1;
test.before(async () => {
	server = await startServer({ demo: 20 });
	const c = new Client(server.base);
	await c.get('/appeals/new');
	await c.post('/appeals/new', { text: 'На улице Абая в Семее яма. Когда отремонтируют?', kind: 'application' });
	await c.post(c.url, { topic: 'roads', region: '100000000', district: '' });
	await c.post(c.url, { body: '10003', name: 'Иван Петров', email: 'ivan@example.kz', agreed_public: '1' });
	receipt = c.url;
	number = receipt.split('/')[2];
	desk = `/desk/${number}`;
	all = await signIn(server.base, 'all.r10_roads@demo.kz');
	await all.get(desk);
	await all.post(`${desk}/register`, { kind: 'application', topic: 'roads' }, `${desk}/register`);
	await all.post(`${desk}/take`, {}, `${desk}/take`);
	await all.post(`${desk}/submit`, { decision: 'granted', text: `Яму на улице Абая засыплет подрядчик «Жол» до 20 января ${year} года. Договор подписан 20 ноября.`,
		steps: `${year}-01-20 Засыпать яму\n${year}-02-20 Поставить фонарь` }, `${desk}/save`);
	assert.equal(all.status, 200, all.text().slice(0, 400));
	for (const act of ['approve', 'sign']) {
		await all.post(`${desk}/${act}`, {}, `${desk}/${act}`);
		assert.equal(all.status, 200, all.text().slice(0, 400));
	}
});
test.after(async () => { await server?.stop(); });

const steps = (html) => [...html.matchAll(/step-done"[^>]*>[\s\S]*?name="step" value="(\d+)"/g)].map((m) => m[1]);
const secret = () => receipt.split('/')[3];
const api = async () => (await (await fetch(`${server.base}/api/v1/appeals/${number}`, { headers: { 'X-Receipt-Secret': secret() } })).json()).data.answers[0].steps;

test('each step is owed, and a day or a word that is missing loses nothing', async () => {
	await all.get('/desk?queue=all');
	for (const words of ['Засыпать яму', 'Поставить фонарь']) assert.ok(all.text().includes(words), words);
	await all.get(desk);
	const [first, second] = steps(all.html);
	assert.ok(first && second);
	await all.post(`${desk}/step-done`, { step: first, on: '2099-01-01', said: 'Яма засыпана щебнем' }, `${desk}/step-done`);
	assert.equal(all.status, 422);
	assert.match(all.html, /<details open>(?:(?!<\/details>)[\s\S])*value="2099-01-01"(?:(?!<\/details>)[\s\S])*value="Яма засыпана щебнем"/);
	await all.post(`${desk}/step-done`, { step: first, on: today, said: '' }, `${desk}/step-done`);
	assert.equal(all.status, 422);
	assert.deepEqual((await api()).map((s) => s.state), ['waits', 'waits']);
});

test('done and moved stand beside the promise and in the trail, for the person and in the API', async () => {
	const person = new Client(server.base);
	await all.get(desk);
	const [first, second] = steps(all.html);
	await all.post(`${desk}/step-done`, { step: first, on: today, said: 'Яма засыпана, уплотнена' }, `${desk}/step-done`);
	assert.equal(all.status, 200, all.text().slice(0, 400));
	await all.post(`${desk}/step-move`, { step: second, on: `${year}-03-01`, said: 'Опору привезут в феврале' }, `${desk}/step-move`);
	assert.equal(all.status, 200, all.text().slice(0, 400));
	assert.deepEqual(steps(all.html), [second], 'what is done is not asked again');
	await all.get('/desk?queue=all');
	assert.ok(!all.text().includes('Засыпать яму') && all.text().includes('Поставить фонарь'));
	await person.get(receipt);
	for (const words of ['Сделано в срок', 'Яма засыпана, уплотнена', 'День перенесён', 'Опору привезут в феврале', 'обещанное «Засыпать яму» сделано', 'день обещанного «Поставить фонарь» перенесён на 1 марта'])
		assert.ok(person.text().includes(words), words);
	assert.deepEqual((await api()).map(({ state, due_on, first_on, done_on, said }) => ({ state, due_on, first_on, done_on, said })), [
		{ state: 'kept', due_on: `${year}-01-20`, first_on: `${year}-01-20`, done_on: today, said: 'Яма засыпана, уплотнена' },
		{ state: 'moved', due_on: `${year}-03-01`, first_on: `${year}-02-20`, done_on: null, said: 'Опору привезут в феврале' },
	]);
});

test('only the body that promised says so, and only whoever writes, heads or signs there', async () => {
	await all.get(desk);
	const [second] = steps(all.html);
	for (const role of ['registrar', 'approver', 'coexecutor', 'controller']) {
		const other = await signIn(server.base, `${role}.r10_roads@demo.kz`);
		await other.get(desk);
		assert.deepEqual(steps(other.html), [], role);
		await other.post(`${desk}/step-done`, { step: second, on: today, said: 'Готово' }, `${desk}/note`);
		assert.equal(other.status, 403, role);
	}
	const stranger = await signIn(server.base, 'executor.r10_utilities@demo.kz');
	await stranger.get('/desk');
	await stranger.post(`${desk}/step-done`, { step: second, on: today, said: 'Готово' });
	assert.equal(stranger.status, 404);
	assert.equal((await api())[1].state, 'moved');
	const head = await signIn(server.base, 'head.r10_roads@demo.kz');
	await head.get(desk);
	await head.post(`${desk}/step-done`, { step: second, on: today, said: 'Фонарь стоит' }, `${desk}/step-done`);
	assert.equal(head.status, 200, head.text().slice(0, 300));
	assert.equal((await api())[1].state, 'kept');
});
