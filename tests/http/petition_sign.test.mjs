// Petitions in a country with small numbers: signing by mail and on paper, the threshold that binds, taking out, letters to signers, one tap to end them.
import test from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startServer, Client, signIn, until } from '../lib/server.mjs';
import { letters } from '../lib/mail.mjs';
import { smallCountry, citizen, file, sign, json, stage, nextIin, words } from '../lib/petition.mjs';
import { rows } from '../lib/signing.mjs';

let server, staff, colleague, country;
test.before(async () => {
	country = smallCountry();
	server = await startServer({ demo: 20, settings: ['--country', country, '--page-keep', '0', '--petition-mail-from', '0', '--petition-mail-to', '24'] });
	staff = await signIn(server.base, 'all.mki@demo.kz');
	colleague = await signIn(server.base, 'moderator.mki@demo.kz');
});
test.after(async () => { await server?.stop(); rmSync(path.join(country, '../..'), { recursive: true, force: true }); });

const body = 'Министерство культуры';
const accept = async (id, who = staff) => { await who.get(`/desk/petitions/${id}`); await who.post(`/desk/petitions/${id}/moderate`, { ground: '', words: '', original: '' }, `/desk/petitions/${id}/moderate`); assert.equal(who.status, 200, who.text().slice(0, 300)); };
const ruling = (id, fields) => staff.get(`/desk/petitions/${id}`).then(() => staff.post(`/desk/petitions/${id}/moderate`, { words: 'Так нельзя.', original: '', excluded: '', ...fields }, `/desk/petitions/${id}/moderate`));

// An open petition of an author with an address; three people have signed.
async function open(more = {}) {
	const author = await citizen(server.base);
	const p = await file(author, body, { mail: 'author@example.kz', not_similar: '1', ...more });
	await accept(p.id);
	for (let i = 0; i < 3; i++) await sign(await citizen(server.base), p.id, p.link);
	await until('open', async () => await stage(server.base, p.id) === 'open');
	return { ...p, author };
}
const byMail = async (c, id, more) => { await c.get(`/petitions/${id}/sign`); return c.post(`/petitions/${id}/sign-by-mail`, { name: 'Ерлан Беков', mail: 'erlan@example.kz', region: '100000000', district: '', ...more }, `/petitions/${id}/sign-by-mail`); };
const count = async (id) => (await json(server.base, `/petitions/${id}/count.json`)).signature_count;

test('signing by mail: the same page for everybody, a button behind the link, one signature', async () => {
	const { id } = await open({ title: 'Открыть музей по воскресеньям' });
	const guest = new Client(server.base);
	await byMail(guest, id, { name: 'купи на spam.kz' });
	assert.equal(guest.status, 422);
	assert.match(guest.text(), /В имени не должно быть ссылки/);
	assert.match(guest.html, /value="erlan@example.kz"/, 'nothing typed is lost');
	await byMail(guest, id, { name: '=SUM(A1)' });
	assert.match(guest.text(), /не может начинаться/);
	const pages = [];
	for (const mail of ['erlan@example.kz', 'erlan@example.kz', 'x@mailinator.com']) {
		const c = await byMail(new Client(server.base), id, { mail });
		assert.equal(c.url, `/petitions/${id}/check-mail`);
		pages.push(c.text().replace(/\d+/g, ''));
	}
	assert.equal(new Set(pages).size, 1, 'new, known and thrown away look the same');
	const got = await until('two letters', async () => { const l = await letters(server.base, 'erlan@example.kz'); return l.length >= 2 && l; });
	assert.equal((await letters(server.base, 'x@mailinator.com')).length, 0);
	const link = got[0].match(/\/petitions\/confirm\/[0-9A-Z-]+/)[0];
	for (let i = 0; i < 3; i++) assert.equal((await fetch(server.base + link)).status, 200); // a scanner opens it
	assert.equal(rows(server.database, id), 3, 'opening changes nothing');
	const reader = await new Client(server.base).get(link);
	await reader.post(link, {}, link);
	assert.match(reader.text(), /Вы подписали/);
	const second = await new Client(server.base).get(link);
	assert.match(second.text(), /Вы подписали/, 'opened twice is one');
	await until('counted', async () => await count(id) === 4);
	await reader.get(link);
	await reader.post(`${link}/undo`, {}, `${link}/undo`);
	await until('taken back', async () => await count(id) === 3);
	assert.equal((await fetch(server.base + '/petitions/confirm/1-WRONG')).status, 404);
});

test('reached, registered, decided, and everybody who signed hears of it', async () => {
	const { id, author } = await open({ title: 'Вернуть поезд до озера', title_other: 'Көлге дейінгі пойызды қайтару', text_other: 'Көлге дейін пойыз жүрмейді, демалуға автобуспен бару керек. Жазда қайта қосуды ұсынамыз, теміржол бар.' });
	const signer = await citizen(server.base);
	await sign(signer, id, '', { mail: 'signer@example.kz', wants_mail: '1' });
	assert.match(signer.text(), /Спасибо/);
	await sign(signer, id);
	assert.match(signer.text(), /уже подписали/);
	await sign(await citizen(server.base), id, '', { mail: 'follower@example.kz', wants_mail: '1' });
	await until('review', async () => await stage(server.base, id) === 'review');
	const page = await new Client(server.base).get(`/petitions/${id}`);
	assert.match(page.text(), /Порог достигнут.*Зарегистрирована как обращение/);
	assert.match(page.html, /lang="kk"/, 'both languages side by side');
	assert.match(page.text(), /Айгүл Серікова/, 'the applicant stands there while it is under way');
	await staff.get(`/desk/petitions/${id}`);
	for (const duty of ['Создать рабочую группу', 'Провести публичное обсуждение', 'Принять решение']) assert.ok(staff.text().includes(duty), duty);
	const review = (more) => staff.post(`/desk/petitions/${id}/review`, { group: 'Министр, два инженера', 'discuss-day': '', ...more }, `/desk/petitions/${id}/review`);
	await review({ decision: 'Поезд пойдёт.' });
	assert.equal(staff.status, 422, 'no decision without a discussion');
	assert.match(staff.html, /Поезд пойдёт\./, 'nothing typed is lost');
	await staff.get(`/desk/petitions/${id}`);
	await review({ discussion: 'Прошло в депо.', decision: 'Поезд пойдёт с 1 июня.', report: 'Сообщил на телевидении.' });
	assert.equal(staff.status, 200, staff.text().slice(0, 400));
	await until('decided', async () => await stage(server.base, id) === 'decided');
	await page.get(`/petitions/${id}`);
	assert.ok(!page.text().includes('Айгүл Серікова'), 'the name has left the page');
	assert.equal((await json(server.base, `/petitions/${id}.json`)).data.attributes.creator_name, null);
	await staff.get(`/desk/petitions/${id}`);
	await staff.post(`/desk/petitions/${id}/measure`, { title: 'Пустить поезд до озера', post: 'Управление дорог', 'due-day': '1', 'due-month': '6', 'due-year': String(new Date().getFullYear() + 1) }, `/desk/petitions/${id}/measure`);
	assert.equal(staff.status, 200, staff.text().slice(0, 400));
	await page.get(`/petitions/${id}`);
	assert.match(page.text(), /Исполнение решения.*Пустить поезд до озера/);
	await until('the author hears', async () => (await letters(server.base, 'author@example.kz')).some((l) => l.includes('Вернуть поезд') && l.includes('Поезд пойдёт с 1 июня')));
	await staff.get(`/desk/petitions/${id}/signatures`);
	await staff.post(`/desk/petitions/${id}/mail`, { kind: 'decision', text: 'Министерство решило: поезд пойдёт с 1 июня.' }, `/desk/petitions/${id}/mail`);
	assert.equal(staff.status, 200, staff.text().slice(0, 400));
	const [letter] = await until('the signer hears', async () => { const l = await letters(server.base, 'signer@example.kz'); return l.length && l; });
	assert.match(letter, /поезд пойдёт с 1 июня/);
	const off = letter.match(/\/petitions\/letters\/[0-9A-Z-]+/)[0];
	assert.equal((await fetch(server.base + off)).status, 200);
	const tap = await fetch(server.base + off, { method: 'POST', redirect: 'manual', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'List-Unsubscribe=One-Click' });
	assert.equal(tap.status, 303, 'a mail reader ends the letters without sign-in');
	assert.match((await new Client(server.base).get(off)).text(), /больше не будет/);
	await staff.get(`/desk/petitions/${id}/signatures`);
	assert.match(staff.text(), /закончено/);
	// the promise is moved and kept: whoever wants to hear is told, and nobody had to remember it
	const measure = page.html.match(/href="\/plans\/(\d+)"/)[1], plan = `/desk/plan/${measure}`;
	const tell = async (act, fields) => { await staff.get(plan); await staff.post(`${plan}/${act}`, { text: '', link: '', ...fields }, `${plan}/note`); assert.equal(staff.status, 200, staff.text().slice(0, 400)); };
	const heard = (pattern) => until(pattern, async () => (await letters(server.base, 'follower@example.kz')).find((l) => pattern.test(l)));
	await tell('move', { text: 'Рельсы придут в июле.', 'due-day': '1', 'due-month': '9', 'due-year': String(new Date().getFullYear() + 1) });
	assert.match(await heard(/Обещанный срок перенесён/), /Пустить поезд до озера[^]*01\.06\.\d+ → 01\.09\.\d+[^]*Рельсы придут в июле/);
	await tell('done', { text: 'Первый поезд пришёл полным.', link: 'https://example.kz/train' });
	assert.match(await heard(/Вы сказали, мы сделали/), /Первый поезд пришёл полным[^]*example\.kz\/train/);
	assert.equal((await letters(server.base, 'signer@example.kz')).length, 1, 'who wanted no more letters gets none');
	await page.get(`/petitions/${id}`);
	assert.match(page.text(), /Подписавшим отправлено письмо[^]*Первый поезд пришёл полным/, 'and everybody reads it on the page');
	await author.get('/me');
});

test('paper is entered line by line, doubles are named, and what is not valid is counted, taken out and given back', async () => {
	const { id } = await open({ title: 'Сделать библиотеку светлее' });
	const where = `/desk/petitions/${id}/signatures`, post = `/desk/petitions/${id}/paper`;
	const [a, b] = [nextIin(), nextIin()];
	const jpeg = Buffer.from('/9j/4AAQSkZJRgABAQEAYABgAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4zNDL/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AVN//2Q==', 'base64');
	const send = async (lines, counted, sheet = '7') => {
		await staff.get(where);
		const body = new FormData();
		for (const [k, v] of staff.hidden(post)) body.append(k, v);
		for (const [k, v] of Object.entries({ sheet, counted: String(counted), region: '100000000', district: '', lines, reason: 'В ауле нет интернета' })) body.append(k, v);
		body.append('scan', new Blob([jpeg], { type: 'image/jpeg' }), 'sheet.jpg');
		return staff.request(post, { method: 'POST', body });
	};
	await send(`${a} Ерлан Беков\n123 Динара`, 2);
	assert.equal(staff.status, 422);
	assert.match(staff.text(), /Проверьте строки: 2/);
	assert.match(staff.html, new RegExp(`${a} Ерлан Беков`), 'nothing typed is lost');
	await send(`${a} Ерлан Беков; Атлантида\n${b} Динара Омарова`, 2);
	assert.equal(staff.status, 422);
	assert.match(staff.text(), /Проверьте строки: 1\./, 'a place that there is not');
	const of = async (code) => (await json(server.base, `/petitions/${id}.json`)).data.attributes.signatures_by_region.find((r) => r.code === code)?.signature_count ?? 0;
	const elsewhere = await of(110000000);
	await send(`${a} Ерлан Беков\n${b} Динара Омарова; Бурабайский район\n${a} Ерлан Беков`, 3);
	assert.equal(staff.status, 200, staff.text().slice(0, 500));
	assert.match(staff.text(), /В ауле нет интернета 2 1 строки: 3/);
	await send(`${b} Динара Омарова`, 1);
	assert.match(staff.text(), /уже внесён/);
	await until('counted', async () => await count(id) === 5);
	assert.equal(await of(110000000), elsewhere + 1, 'counted where she lives');
	assert.equal(await stage(server.base, id) === 'open' || await stage(server.base, id) === 'review', true);
	const scan = staff.html.match(new RegExp(`/desk/petitions/${id}/paper/\\d+`))[0];
	assert.equal((await staff.request(scan)).response.headers.get('content-type'), 'image/jpeg');
	assert.equal((await fetch(server.base + scan, { redirect: 'manual' })).status, 303, 'the scan is for those who work with it');
	const out = `/desk/petitions/${id}/invalidate`;
	await staff.get(where);
	await staff.post(out, { why: 'Проверка' }, out);
	assert.equal(staff.status, 422);
	assert.match(staff.text(), /хотя бы одно условие/);
	await staff.get(where);
	const sheet = staff.html.match(/name="paper"[^>]*value="(\d+)"/)[1];
	await staff.post(out, { why: 'Лист подделан', paper: sheet }, out);
	assert.equal(staff.status, 200, staff.text().slice(0, 500));
	const job = await until('counted first', async () => { await staff.get(where); return staff.html.match(new RegExp(`${out}/\\d+/start`))?.[0]; });
	assert.match(staff.text(), /Подходит: 2, исключено: 0/);
	await staff.post(job, {}, job);
	await until('taken out', async () => await count(id) === 3);
	await staff.get(where);
	const undo = job.replace('start', 'undo');
	await until('done', async () => { await staff.get(where); return staff.html.includes(undo); });
	await staff.post(undo, {}, undo);
	await until('given back', async () => await count(id) === 5);
});

test('a refusal is contested by its author and taken back by the moderators; insults are not shown', async () => {
	const author = await citizen(server.base);
	const { id } = await file(author, body, { title: 'Тропинку к роднику расчистить', not_similar: '1' });
	await ruling(id, { ground: 'petition_excluded' });
	assert.equal(staff.status, 422);
	assert.match(staff.text(), /пункт списка/);
	assert.match(staff.html, /Так нельзя\./);
	await ruling(id, { ground: 'petition_insult' });
	const anyone = await new Client(server.base).get(`/petitions/${id}`);
	assert.equal(anyone.status, 200);
	assert.ok(!anyone.html.includes('Тропинку к роднику') && !anyone.html.includes('по льду'), 'the text is hidden');
	assert.equal((await json(server.base, `/petitions/${id}.json`)).data.attributes.action, null);
	for (const where of ['/petitions.csv', '/petitions.atom', '/petitions?state=refused']) assert.ok(!(await (await fetch(server.base + where)).text()).includes('Тропинку к роднику'), where);
	await author.get(`/petitions/${id}`);
	assert.match(author.html, /Тропинку к роднику/);
	await author.post(`/petitions/${id}/contest`, { words: 'Здесь никого не ругают.' }, `/petitions/${id}/contest`);
	assert.equal(author.status, 200, author.text().slice(0, 300));
	await anyone.get(`/petitions/${id}`);
	assert.ok(!anyone.html.includes('никого не ругают'), 'words that nobody has moderated are not public');
	await staff.get('/desk/petitions');
	assert.match(staff.text(), /Возражения против отказов.*Тропинку к роднику/);
	await accept(id, colleague);
	await anyone.get(`/petitions/${id}`);
	assert.equal(anyone.status, 404, 'supporters come first again');
});

test('what hid a text hides it still, and says why, when the country no longer has that ground', async () => {
	const home = smallCountry(), grounds = path.join(home, 'grounds.csv'), was = readFileSync(grounds, 'utf8');
	const settings = ['--country', home, '--page-keep', '0'];
	writeFileSync(grounds, `${was}petition_hate,petition_hide,Өшпенділікке шақырады,Призывает к вражде,It calls for hatred,АППК ст. 90-2,D,2024-04-04\n`);
	let s = await startServer({ demo: 20, settings }), again;
	try {
		const judge = await signIn(s.base, 'all.mki@demo.kz'), { id } = await file(await citizen(s.base), body, { title: 'Прогнать всех с рынка', not_similar: '1' });
		await judge.get(`/desk/petitions/${id}`);
		await judge.post(`/desk/petitions/${id}/moderate`, { ground: 'petition_hate', words: 'Так нельзя.', original: '', excluded: '' }, `/desk/petitions/${id}/moderate`);
		assert.equal(judge.status, 200, judge.text().slice(0, 300));
		await s.kill('SIGTERM');
		writeFileSync(grounds, was);
		again = await startServer({ data: s.dir, settings: s.settings });
		const page = await new Client(again.base).get(`/petitions/${id}`);
		assert.match(page.text(), /Призывает к вражде \([^)]*90-2[^)]*\)/);
		assert.match((await new Client(again.base, 'kk').get(`/petitions/${id}`)).text(), /Өшпенділікке шақырады/);
		assert.ok(!page.html.includes('Прогнать всех') && !page.html.includes('по льду'), 'the text is hidden');
		const { attributes } = (await json(again.base, `/petitions/${id}.json?lang=ru`)).data;
		assert.equal(attributes.action, null);
		assert.equal(attributes.rejection.code, 'petition_hate');
		assert.match(attributes.rejection.ground, /Призывает к вражде|Өшпенділікке шақырады/);
		for (const where of ['/petitions.csv', '/petitions.atom', '/petitions?state=refused', `/petitions?q=${encodeURIComponent('рынка')}`])
			assert.ok(!(await (await fetch(again.base + where)).text()).includes('Прогнать всех'), where);
	} finally {
		await again?.stop();
		await s.stop();
		rmSync(path.join(home, '../..'), { recursive: true, force: true });
	}
});

test('whoever refused does not decide the objection; a colleague says why the refusal stands', async () => {
	const author = await citizen(server.base);
	const { id } = await file(author, body, { title: 'Скамейки у каждой остановки', not_similar: '1' });
	await staff.get(`/desk/petitions/${id}`);
	const open = staff.hidden(`/desk/petitions/${id}/moderate`); // of a page that was opened before the objection
	await ruling(id, { ground: 'petition_no_demand' });
	await author.get(`/petitions/${id}`);
	await author.post(`/petitions/${id}/contest`, { words: 'Сказано: скамейки.' }, `/petitions/${id}/contest`);
	await staff.get('/desk/petitions');
	assert.match(staff.text(), /Скамейки у каждой остановки[^/]*решит другой модератор/);
	await staff.get(`/desk/petitions/${id}`);
	assert.match(staff.text(), /отказали вы, поэтому возражение решает другой модератор/);
	assert.ok(!staff.html.includes(`/desk/petitions/${id}/uphold`) && !staff.html.includes(`/desk/petitions/${id}/moderate`));
	for (const [act, fields] of [['moderate', { ground: '', words: '', original: '' }], ['uphold', { words: 'Нет.' }]]) {
		const form = new URLSearchParams([...open.filter(([k]) => k !== '_key'), ...Object.entries(fields)]);
		await staff.request(`/desk/petitions/${id}/${act}`, { method: 'POST', body: form, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
		assert.equal(staff.status, 403, act);
		assert.match(staff.text(), /возражение решает другой модератор/);
	}
	const uphold = async (text) => { await colleague.get(`/desk/petitions/${id}`); return colleague.post(`/desk/petitions/${id}/uphold`, { words: text }, `/desk/petitions/${id}/uphold`); };
	await uphold('');
	assert.equal(colleague.status, 422, 'the author is told why');
	await uphold('Не сказано, у каких остановок.');
	assert.equal(colleague.status, 200, colleague.text().slice(0, 300));
	await author.get(`/petitions/${id}`);
	assert.match(author.text(), /Не сказано, у каких остановок/);
	await colleague.get('/desk/petitions');
	assert.ok(!colleague.text().split('Возражения против отказов')[1]?.includes('Скамейки'), 'it no longer waits');
});

test('a text in another language than was chosen is said so, and nothing is lost', async () => {
	const author = await citizen(server.base);
	await author.get('/petitions/new');
	const id = author.html.match(new RegExp(`<option value="(\\d+)"[^>]*>${body}`))[1];
	await author.post('/petitions/new', { ...words, lang: 'kk', body: id, not_similar: '1' }, '/petitions/new');
	assert.equal(author.status, 422);
	assert.match(author.text(), /не на выбранном языке/);
	assert.match(author.html, /дети идут в школу по льду/);
	await author.post('/petitions/new', { ...words, lang: 'kk', body: id, not_similar: '1', lang_sure: '1' }, '/petitions/new');
	assert.match(author.url, /^\/petitions\/\d+\?link=/, 'whoever is sure goes on');
});

test('a guest who supports by the link comes back to it after the sign-in', async () => {
	const author = await citizen(server.base);
	const { id, link } = await file(author, body, { title: 'Кружок шахмат в каждой школе', not_similar: '1' });
	await accept(id);
	const guest = await new Client(server.base).get(`/petitions/${id}/sign?link=${link}`);
	const to = guest.html.match(/href="(\/sign-in\?to=[^"]+)"/)[1].replaceAll('&amp;', '&');
	assert.match(decodeURIComponent(to), new RegExp(`/petitions/${id}/sign\\?link=${link}`));
	await guest.get(`/sign-in/identity?${to.split('?')[1]}`);
	await guest.post('/sign-in/identity', { iin: nextIin(), name: 'Олег Ким' });
	assert.match(guest.url, new RegExp(`/petitions/${id}/sign`));
	await guest.post(`/petitions/${id}/sign`, { region: '100000000', district: '' }, `/petitions/${id}/sign`);
	assert.match(guest.text(), /Спасибо/);
});

test('JSON has pages that end, and other formats are refused clearly', async () => {
	const first = await json(server.base, '/petitions.json?state=rejected');
	assert.deepEqual(Object.keys(first.links), ['self', 'first', 'last', 'next', 'prev']);
	assert.equal(first.links.prev, null);
	assert.equal(first.meta.total, first.data.length);
	const last = await json(server.base, '/petitions.json?page=99');
	assert.equal(last.data.length, 0);
	assert.match(first.links.last, /page=1/);
	const one = (await json(server.base, `/petitions/${first.data[0].id}.json`)).data.attributes;
	for (const k of ['action', 'background', 'additional_details', 'committee_note', 'state', 'signature_count', 'created_at', 'updated_at', 'rejected_at', 'opened_at', 'closed_at',
		'moderation_threshold_reached_at', 'response_threshold_reached_at', 'government_response_at', 'debate_threshold_reached_at', 'scheduled_debate_date', 'debate_outcome_at', 'creator_name',
		'rejection', 'government_response', 'debate', 'departments', 'topics', 'signatures_by_region', 'signatures_by_district']) assert.ok(k in one, k);
	for (const [where, status] of [['/petitions/1.xml', 406], ['/petitions/1.pdf', 406], ['/petitions/one', 404], ['/petitions/0', 404], ['/petitions/-5.json', 404]]) {
		const r = await fetch(server.base + where);
		assert.equal(r.status, status, where);
		assert.match(await r.text(), /<h1|"error"/, where);
	}
	const found = await fetch(server.base + '/search?q=' + encodeURIComponent('поезд до озера'));
	assert.match((await found.text()).replace(/<[^>]+>/g, ''), /Вернуть поезд до озера/, 'petitions are in the one search');
});

test('whoever is held back by a limit sees what everybody sees, and gets no letter', { skip: process.env.JAUAP_ENGINE === 'postgres' && 'limits know no database' }, async () => {
	const { id } = await open({ title: 'Больше деревьев на проспекте' });
	const tight = await startServer({ data: server.dir, settings: ['--country', country, '--rate-off', 'no', '--node', '1'] });
	try {
		const c = await new Client(tight.base).get(`/petitions/${id}/sign`), hidden = c.hidden(`/petitions/${id}/sign-by-mail`).filter(([k]) => k !== '_key');
		for (let i = 0; i < 60; i++) { // thirty a minute may sign from one address; writes may be thirty in ten seconds
			const r = await c.request(`/petitions/${id}/sign-by-mail`, { method: 'POST', redirect: 'manual', headers: { 'content-type': 'application/x-www-form-urlencoded' },
				body: new URLSearchParams([...hidden, ['name', 'Олег Ким'], ['mail', `limit${i}@example.kz`], ['region', '100000000']]) });
			if (r.status === 429) { await new Promise((done) => setTimeout(done, 1000 * Number(r.response.headers.get('retry-after')))); i--; continue; }
			assert.equal(r.url, `/petitions/${id}/check-mail`);
			if (i === 33) break;
		}
	} finally { await tight.stop(); }
	// the page shows the newest thirty, and letters of other petitions may have come meanwhile
	await until('who was below the limit has a letter', async () => (await letters(server.base, 'limit25@example.kz')).length === 1);
	assert.equal((await letters(server.base, 'limit33@example.kz')).length, 0, 'above thirty a minute nothing is sent');
});
