// The desk's screen: several people work on one appeal, and an act that does not go through loses nothing that was typed.
import test from 'node:test';
import assert from 'node:assert/strict';
import { startServer, signIn, Client, dayAhead } from '../lib/server.mjs';

let server;
test.before(async () => { server = await startServer({ demo: 20 }); });
test.after(async () => { await server?.stop(); });

async function registered() {
	const c = new Client(server.base);
	await c.get('/appeals/new');
	await c.post('/appeals/new', { text: 'На улице Абая в Семее яма. Когда отремонтируют? Кто заплатит за колесо?', kind: 'application' });
	await c.post(c.url, { topic: 'roads', region: '100000000', district: '' });
	await c.post(c.url, { body: '10003', name: 'Иван Петров', email: 'ivan@example.kz' });
	const [, receipt] = c.url.match(/^(\/receipt\/.+)$/), desk = `/desk/${receipt.split('/')[2]}`;
	const all = registered.all ??= await signIn(server.base, 'all.r10_roads@demo.kz');
	await all.get(desk);
	await all.post(`${desk}/register`, { kind: 'application', topic: 'roads', points: 'Когда отремонтируют?\nКто заплатит за колесо?' }, `${desk}/register`);
	assert.equal(all.status, 200, all.text().slice(0, 300));
	return { desk, all, receipt };
}
const form = (html, action) => [...html.matchAll(/<form\b[^>]*>[\s\S]*?<\/form>/g)].map(([f]) => f).find((f) => f.includes(`action="${action}"`));
const details = (html, action) => [...html.matchAll(/<details[^>]*>(?:(?!<\/details>)[\s\S])*<\/details>/g)].map(([f]) => f).find((f) => f.includes(`action="${action}"`));

test('the head names who helps with what; a helper reads it, hands in, and the executor reads that', async () => {
	const { desk, all } = await registered();
	const head = await signIn(server.base, 'head.r10_roads@demo.kz'), helper = await signIn(server.base, 'coexecutor.r10_roads@demo.kz');
	await head.get(desk);
	const people = [...form(head.html, `${desk}/resolve`).matchAll(/name="helpers" value="(\d+)"[^>]*><label[^>]*>([^<]*)</g)].map(([, id, name]) => ({ id, name }));
	const id = async (who) => { await who.get('/me'); return people.find((p) => who.html.includes(p.name)); };
	const helps = (await id(helper)) ?? people.at(-1), leads = people.find((p) => p.id !== helps.id);
	await head.get(desk);
	await head.post(`${desk}/resolve`, { executor: leads.id, helpers: [helps.id], [`share_${helps.id}`]: 'посчитать ущерб', text: 'Проверить на месте', until: '2020-01-01' }, `${desk}/resolve`);
	assert.equal(head.status, 422, 'a day that has passed');
	const again = form(head.html, `${desk}/resolve`);
	for (const typed of ['посчитать ущерб', 'Проверить на месте', '2020-01-01']) assert.ok(again.includes(typed), typed);
	assert.match(again, new RegExp(`name="helpers" value="${helps.id}" checked`));
	assert.match(again, new RegExp(`<option value="${leads.id}" selected`));
	await head.post(`${desk}/resolve`, { executor: leads.id, helpers: [helps.id], [`share_${helps.id}`]: 'посчитать ущерб', text: 'Проверить на месте', until: '' }, `${desk}/resolve`);
	assert.equal(head.status, 200, head.text().slice(0, 300));

	await helper.get('/desk?queue=shares');
	assert.ok(helper.html.includes(desk), 'in the queue of the helper');
	await helper.get(desk);
	for (const words of ['Проверить на месте', 'посчитать ущерб', leads.name]) assert.ok(helper.text().includes(words), words);
	await helper.post(`${desk}/share`, { text: '  ' }, `${desk}/share`);
	assert.equal(helper.status, 422, 'nothing was found out');
	await helper.post(`${desk}/share`, { text: 'Ущерб 48 тысяч тенге, акт приложен.' }, `${desk}/share`);
	assert.equal(helper.status, 200, helper.text().slice(0, 300));
	assert.equal(form(helper.html, `${desk}/share`), undefined, 'handed in once');
	await helper.get('/desk?queue=shares');
	assert.ok(!helper.html.includes(desk), 'out of the queue');
	await all.get(desk);
	assert.match(all.text(), /Ущерб 48 тысяч тенге/);
	const stranger = await signIn(server.base, 'executor.r10_utilities@demo.kz');
	await stranger.get(desk);
	assert.equal(stranger.status, 404);
});

test('who begins to write is shown to others before anything is saved; both keep what they typed', async () => {
	const { desk, all } = await registered(), other = await signIn(server.base, 'executor.r10_roads@demo.kz');
	const controller = await signIn(server.base, 'controller.r10_roads@demo.kz');
	await all.post(`${desk}/take`, {}, `${desk}/take`);
	await other.get(desk);
	assert.doesNotMatch(other.text(), /Сейчас с этим работает/, 'who only reads holds up nobody');
	const mine = 'Яму засыплют до 10 декабря.', theirs = 'Мы проверили улицу Абая.';
	await all.post(`${desk}/check`, { text: mine }, `${desk}/check`);
	assert.equal(all.status, 200, all.text().slice(0, 300));
	assert.ok(all.html.includes(mine) && !/Сейчас с этим работает/.test(all.text()));
	await all.post(`${desk}/check`, { text: `${mine} Сегодня.` }, `${desk}/check`);
	assert.ok(all.html.includes(`${mine} Сегодня.`), 'each check is of the words of now');
	for (const who of [other, controller]) {
		await who.get(desk);
		assert.match(who.text(), /Сейчас с этим работает/);
	}
	await other.get(desk);
	await other.post(`${desk}/check`, { text: theirs }, `${desk}/check`);
	assert.match(other.html.match(/id="check"[\s\S]*?<\/div>/)[0], /Сейчас с этим работает/, 'beside what is typed, where scripts put it');
	assert.ok(other.html.includes(theirs));
	await other.post(`${desk}/save`, { text: theirs }, `${desk}/save`);
	assert.equal(other.status, 422);
	assert.ok(other.html.includes(theirs), 'nothing typed is lost');
	await all.get(desk);
	await all.post(`${desk}/save`, { text: mine }, `${desk}/save`);
	assert.equal(all.status, 200, all.text().slice(0, 300));
});

test('an act that does not go through keeps what was typed and stays open', async () => {
	const { desk, all } = await registered();
	const tries = [
		['pass-on', { text: 'Это дорога республиканского значения', point: '1', bodies: [], other: '' }, ['Это дорога республиканского значения', 'value="1" checked']],
		['extend', { text: 'Ждём экспертизу', until: '2020-02-03' }, ['Ждём экспертизу', '2020-02-03']],
		['stop', { text: '', ground: 'anonymous_other' }, []],
	];
	await all.get(desk);
	for (const [act, fields, kept] of tries) {
		if (!form(all.html, `${desk}/${act}`)) continue;
		await all.post(`${desk}/${act}`, fields, `${desk}/${act}`);
		assert.equal(all.status, 422, act);
		for (const words of kept) assert.ok(form(all.html, `${desk}/${act}`).includes(words), `${act}: ${words}`);
		assert.match(details(all.html, `${desk}/${act}`), /^<details open/, act);
		await all.get(desk);
	}
});

test('what is not possible now is said on the sheet, and only what is possible is offered', async () => {
	const { desk, all } = await registered();
	await all.get(desk);
	assert.ok(form(all.html, `${desk}/take`), 'an official takes it without waiting');
	assert.equal(form(all.html, `${desk}/hold`), undefined, 'no hearing, no minutes');
	await all.post(`${desk}/take`, {}, `${desk}/take`);
	assert.equal(all.status, 200, all.text().slice(0, 300));
	assert.equal(form(all.html, `${desk}/take`), undefined, 'taken once');
	for (let n = 9; n < 20 && form(all.html, `${desk}/hearing`); n++) // not on a day off
		await all.post(`${desk}/hearing`, { text: 'Собираемся отказать: колесо повреждено не на нашей дороге.', heard_on: dayAhead(n), hour: '11', where: 'Абая 1, кабинет 5' }, `${desk}/hearing`);
	assert.equal(all.status, 200, all.text().slice(0, 500));
	assert.equal(form(all.html, `${desk}/hearing`), undefined, 'one hearing at a time');
	await all.post(`${desk}/hold`, { text: 'Протокол: заявитель пришёл и согласился.' }, `${desk}/hold`);
	assert.equal(all.status, 422, 'it has not taken place');
	assert.match(form(all.html, `${desk}/hold`), /Протокол: заявитель пришёл/, 'the minutes are not lost');
});

test('one point goes to another body; the person is told at once, supplements, and reads what was asked', async () => {
	const { desk, all, receipt } = await registered(), person = new Client(server.base);
	await all.get(desk);
	await all.post(`${desk}/pass-on`, { other: '10004', point: '1', ground: 'not_ours', text: 'Дорогу содержит управление коммунального хозяйства' }, `${desk}/pass-on`);
	assert.equal(all.status, 200, all.text().slice(0, 300));
	await person.get(receipt);
	assert.match(person.text(), /Дорогу содержит управление коммунального хозяйства/);
	const other = await signIn(server.base, 'all.r10_utilities@demo.kz');
	await other.get(desk);
	assert.equal(other.status, 200);
	assert.ok(other.text().includes('Когда отремонтируют?'));
	await all.get(desk);
	await all.post(`${desk}/supplement`, { text: 'Пришлите, пожалуйста, фото колеса.' }, `${desk}/supplement`);
	assert.equal(all.status, 200, all.text().slice(0, 300));
	assert.match(all.text(), /Ответить — [^—]* срок остановлен/, 'a clock that stands is not late');
	await all.get('/desk?queue=all');
	assert.match(all.html.split('<tr').find((row) => row.includes(desk)), /срок остановлен/);
	await person.get(receipt);
	assert.match(person.text(), /Пришлите, пожалуйста, фото колеса/);
	const act = person.html.match(/action="(\/appeals\/[^"]+\/act\/supplement)"/)?.[1];
	assert.ok(act, 'there is a form to answer it');
	await person.post(act, { text: 'Фото есть, колесо пробито.' }, act);
	assert.equal(person.status, 200, person.text().slice(0, 300));
	await all.get(desk);
	assert.match(all.text(), /Фото есть, колесо пробито/);
});

test('an answer of several people on behalf of somebody: not clear, written anew, contested; the superior body opens the case', async () => {
	const person = new Client(server.base), all = registered.all;
	await person.get('/appeals/new');
	await person.post('/appeals/new', { text: 'Мы, жители дома 12 по улице Абая в Семее, просим убрать яму. Когда?', kind: 'application' });
	await person.post(person.url, { topic: 'roads', region: '100000000', district: '' });
	await person.post(person.url, { body: '10003', name: 'Иван Петров', email: 'ivan@example.kz', collective: '1', people: '25', on_behalf_of: 'Мария Петрова' });
	const receipt = person.url, number = receipt.split('/')[2], desk = `/desk/${number}`;
	assert.match(person.text(), /Мария Петрова/);
	assert.match(person.text(), /обратилось 25/);
	await all.get(desk);
	assert.match(all.text(), /обратилось 25 .*Мария Петрова/);
	await all.post(`${desk}/register`, { kind: 'application', topic: 'roads' }, `${desk}/register`);
	await all.post(`${desk}/take`, {}, `${desk}/take`);
	const approver = await signIn(server.base, 'approver.r10_roads@demo.kz'), signer = await signIn(server.base, 'signer.r10_roads@demo.kz');
	const answer = async (text) => {
		await all.get(desk);
		await all.post(`${desk}/submit`, { decision: 'explained', text, steps: `${dayAhead(50)} Засыпать яму`, options: 'Можно обжаловать' }, `${desk}/save`);
		assert.equal(all.status, 200, all.text().slice(0, 600));
		for (const [who, act] of [[approver, 'approve'], [signer, 'sign']]) {
			await who.get(desk);
			await who.post(`${desk}/${act}`, {}, `${desk}/${act}`);
			assert.equal(who.status, 200, who.text().slice(0, 300));
		}
		await person.get(receipt);
	};
	await answer('Яму у дома 12 засыплет подрядчик «Жол» до 20 января 2027 года. Договор подписан 20 ноября.');
	await person.post(`/appeals/${number}/rate/not_clear`, {}, `/appeals/${number}/rate/not_clear`);
	await answer('До 20 января 2027 года яму у дома 12 засыплет подрядчик «Жол». Деньги выделены, работу примет отдел дорог.');
	assert.match(person.text(), /Деньги выделены/);
	await person.post(`/appeals/${number}/contest`, { text: 'Не согласны: обещали летом.' }, `/appeals/${number}/contest`);
	const complaint = person.url.split('/')[2];
	assert.notEqual(complaint, number);
	const back = person.html.match(new RegExp(`href="(/receipt/${number}/[0-9A-Z]+)"`));
	assert.equal(back?.[1], receipt, 'from the complaint back to what it is about');
	const superior = await signIn(server.base, 'all.r10_akimat@demo.kz');
	await superior.get(`/desk/${complaint}`);
	assert.ok(superior.html.includes(`href="${desk}"`), 'the case is one tap away');
	await superior.get(desk);
	assert.match(superior.text(), /Деньги выделены/);
	const stranger = new Client(server.base);
	await stranger.get(`/appeals/${complaint}`);
	assert.equal(stranger.status, 404);
});
