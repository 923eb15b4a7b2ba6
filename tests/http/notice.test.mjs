// A decision explained in advance: written by one, approved by another, corrected in versions, asked about, followed to its end.
import test from 'node:test';
import assert from 'node:assert/strict';
import { startServer, Client, signIn, dayAhead, dayFields } from '../lib/server.mjs';

let server, writer, head;
test.before(async () => {
	server = await startServer({ demo: 20 });
	writer = await signIn(server.base, 'executor.r10_roads@demo.kz');
	head = await signIn(server.base, 'head.r10_roads@demo.kz');
});
test.after(async () => { await server?.stop(); });

const day = { effective: dayAhead(20), ...dayFields('effective', 20) };
const words = { lang: 'ru', title: 'Закроем мост на ремонт', what: 'Мост закроют на 30 дней.', why: 'Опоры треснули.', weighed: 'Ремонт без закрытия: опаснее и дольше.', affected: 'Жители правого берега.',
	softened: 'Автобус 12 пойдёт в объезд.', ask: 'Отдел дорог, 109', changed: '', ...day };

test('from the draft to the public page, with two people', async () => {
	await writer.get('/desk/notices/new');
	await writer.post('/desk/notices/new', { ...words, title: '' }, '/desk/notices/new');
	assert.equal(writer.status, 422);
	assert.match(writer.html, /Опоры треснули/, 'what was typed is still there');
	await writer.post('/desk/notices/new', words, '/desk/notices/new');
	assert.match(writer.url, /^\/desk\/notices\/\d+$/, writer.text().slice(0, 500));
	const desk = writer.url, id = desk.split('/').pop();
	await writer.post(`${desk}/submit`, {}, `${desk}/submit`);
	assert.equal(writer.status, 200);
	assert.match(writer.text(), /подтвердить должен другой сотрудник/);
	const anyone = new Client(server.base);
	await anyone.get(`/notices/${id}`);
	assert.equal(anyone.status, 404, 'not public yet');
	await head.get(desk);
	await head.post(`${desk}/approve`, { hour: '9' }, `${desk}/approve`);
	assert.equal(head.status, 200, head.text().slice(0, 400));
	await anyone.get(`/notices/${id}`);
	assert.equal(anyone.status, 200);
	assert.match(anyone.text(), /объяснили за (19|20) дн/);
	for (const part of ['Мост закроют', 'Опоры треснули', 'опаснее и дольше', 'правого берега', 'в объезд', '109']) assert.ok(anyone.html.includes(part), part);

	// a question is an appeal to the body and stands under the notice once it is cleared
	await anyone.get(`/appeals/new?notice=${id}`);
	await anyone.post('/appeals/new', { text: 'Когда мост закроют на ремонт и как дойти до школы?', kind: 'inquiry' });
	await anyone.post(anyone.url, { topic: 'roads', region: '100000000', district: '' });
	await anyone.post(anyone.url, { body: '10003', name: 'Иван Петров', email: 'ivan@example.kz', agreed_public: '1' });
	const number = anyone.url.split('/')[2];
	const moderator = await signIn(server.base, 'moderator.r10_roads@demo.kz');
	await moderator.get(`/desk/${number}`);
	await moderator.post(`/desk/${number}/publish`, { title: 'Как дойти до школы', text: 'Когда закроют мост?' }, `/desk/${number}/publish`);
	const fresh = await (await fetch(`${server.base}/notices/${id}?x`)).text();
	assert.match(fresh, /Как дойти до школы/);

	// a correction shows what was before
	await writer.get(desk);
	await writer.post(desk, { ...words, what: 'Мост закроют на 40 дней.', changed: 'Нужно больше времени.' }, desk);
	await writer.post(`${desk}/submit`, {}, `${desk}/submit`);
	await head.get(desk);
	await head.post(`${desk}/approve`, { hour: '9' }, `${desk}/approve`);
	const diff = await (await fetch(`${server.base}/notices/${id}/versions/2`)).text();
	assert.match(diff, /<del>Мост закроют на 30 дней\.<\/del>/);
	assert.match(diff, /<ins>Мост закроют на 40 дней\.<\/ins>/);

	await head.get(desk);
	await head.post(`${desk}/outcome`, { words: 'Мост открыли на неделю раньше.' }, `${desk}/outcome`);
	const body = await (await fetch(`${server.base}/bodies/10003?y`)).text();
	assert.match(body, /Мост открыли на неделю раньше/);
	const csv = await fetch(`${server.base}/notices.csv`);
	assert.match(await csv.text(), /Закроем мост на ремонт/);
	assert.match(await (await fetch(`${server.base}/notices.atom`)).text(), /<entry>/);
	const stranger = await signIn(server.base, 'executor.r10_utilities@demo.kz');
	await stranger.get(desk);
	assert.equal(stranger.status, 404, 'another body does not see the desk of it');
});
