// The day of a reception: who booked and who walks in, two clerks at once, the display, the visit with its protocol, the summary, promises, numbers.
import test from 'node:test';
import assert from 'node:assert/strict';
import { letter } from '../lib/mail.mjs';
import { startServer, Client, signIn } from '../lib/server.mjs';
import { countryAtNoon } from '../lib/noon.mjs';

let server, desk, other, head, room, day;
const country = countryAtNoon(), today = country.now.toISOString().slice(0, 10), minute = country.now.getUTCHours() * 60;
const hm = (m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`;

test.before(async () => {
	server = await startServer({ demo: 20, settings: country.settings });
	desk = await signIn(server.base, 'all.r10_akimat@demo.kz');
	other = await signIn(server.base, 'all.r10_akimat@demo.kz', 1);
	await desk.get('/desk/reception/heads/new');
	await desk.post('/desk/reception/heads/new', { kind: 'head', name: 'Нұрлан Ахметов', post_kk: 'Әкім', post_ru: 'Аким', post_en: 'Akim', matters: '' }, '/desk/reception/heads/new');
	head = desk.url.match(/heads\/(\d+)/)[1];
	await desk.get('/desk/reception/centres/new');
	await desk.post('/desk/reception/centres/new', { kind: 'centre', name_kk: 'Қабылдау орталығы', name_ru: 'Центр приёма', name_en: 'Centre', address: 'Абай көшесі, 1', counters: '3' }, '/desk/reception/centres/new');
	room = [...desk.html.matchAll(/\/desk\/reception\/centres\/(\d+)/g)].pop()[1];
	day = await addDay(today, hm(minute), '23:59');
});
test.after(async () => { await server?.stop(); country.end(); });

async function addDay(on, from, to) {
	await desk.get('/desk/reception/days/new');
	await desk.post('/desk/reception/days/new', { head, centre: room, on, from, to, slot: '15', how: 'person', link: '' }, '/desk/reception/days/new');
	assert.match(desk.url, /days\/\d+/, desk.text().slice(0, 500));
	return desk.url.match(/days\/(\d+)/)[1];
}
async function book(email) {
	const c = new Client(server.base);
	await c.get(`/receptions/${day}`);
	const slot = c.html.match(/action="(\/receptions\/slots\/\d+)"/)[1];
	await c.post(slot, {}, slot);
	const at = c.url;
	await c.post(at, { name: 'Айгүл Серікова', email, phone: '', matter: 'Көшеде жарық жоқ', lang: 'kk' }, at);
	const code = (await letter(server.base, email)).match(/\/confirm\/([0-9A-Z]{6})/)[1];
	await c.post(at + '/confirm', { code }, at + '/confirm');
	return c;
}
const queue = () => `/desk/reception/queue/${room}`;
async function walkIn(c = desk, to = '0') {
	await c.get(queue());
	const fields = { counter: '1', head: to };
	await c.post(queue() + '/ticket', fields, queue() + '/ticket');
	assert.match(c.url, /^\/tickets\/\d+\/[0-9A-Z]{8}$/, c.text().slice(0, 300));
	return { number: c.html.match(/class="number">([AHB]-\d{3})</)[1], url: c.url, id: c.url.split('/')[2] };
}

test('a walk-in gets a printed ticket, is called once, and the display shows it', async () => {
	const ticket = await walkIn();
	const guest = new Client(server.base);
	await guest.get(ticket.url);
	assert.match(guest.text(), /Перед вами 0 человек/);
	assert.equal((await fetch(server.base + ticket.url.slice(0, -1) + (ticket.url.endsWith('2') ? '3' : '2'))).status, 404);
	await Promise.all([desk.get(queue() + '?counter=1'), other.get(queue() + '?counter=2')]);
	const call = `/desk/reception/call/${ticket.id}`;
	await Promise.all([desk.post(call, { counter: '1' }, call), other.post(call, { counter: '2' }, call)]);
	const lost = [desk, other].filter((c) => /уже вызвал другой сотрудник/.test(c.text()));
	assert.equal(lost.length, 1, 'one clerk has called, the other one is told');
	const display = new Client(server.base);
	await display.get(`/receptions/centres/${room}/display`);
	assert.match(display.text(), new RegExp(`${ticket.number}\\s+окно ${lost[0] === desk ? 2 : 1}`));
	assert.equal(display.response.headers.get('refresh'), null);
	await display.get(`/receptions/centres/${room}/display?every=10`);
	assert.equal(display.response.headers.get('refresh'), '10');
	await guest.get(ticket.url);
	assert.match(guest.text(), /окно [12]/);
	const won = lost[0] === desk ? other : desk;
	await won.get(queue());
	await won.post(`/desk/reception/missed/${ticket.id}`, {}, `/desk/reception/missed/${ticket.id}`);
});

test('a hundred rounds of two clerks who press "next" at once call each person once', async () => {
	await desk.get(queue());
	const key = new Map();
	const prepare = async (c) => { await c.get(queue()); key.set(c, [c.hidden(queue() + '/next').filter(([k]) => k !== '_key' && k !== 'counter' && k !== 'head'), [...c.cookies].map(([k, v]) => `${k}=${v}`).join('; ')]); };
	await prepare(desk); await prepare(other);
	const post = async (c, where, more) => {
		const [fields, cookie] = key.get(c);
		const r = await fetch(server.base + where, { method: 'POST', redirect: 'manual', headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams([...fields, ...Object.entries(more)]) });
		await r.arrayBuffer();
		return [r.status, r.headers.get('location') ?? ''];
	};
	const tickets = [];
	for (let i = 0; i < 100; i++) tickets.push((await post(desk, queue() + '/ticket', { head: '0', counter: '1' }))[1].split('/')[2]);
	for (let i = 0; i < 50; i++) {
		const got = await Promise.all([post(desk, queue() + '/next', { head: '0', counter: '1' }), post(other, queue() + '/next', { head: '0', counter: '2' })]);
		assert.ok(got.every(([s]) => s === 303), String(got));
	}
	const begun = [];
	for (const t of tickets) {
		const got = [(await post(desk, `/desk/reception/begin/${t}`, {}))[1], (await post(other, `/desk/reception/begin/${t}`, {}))[1]].filter((l) => l.startsWith('/desk/reception/visits/'));
		begun.push(got.length);
	}
	assert.deepEqual(begun.filter((n) => n !== 1), [], 'each ticket was called, and by one clerk only');
});

test('booked, here, received: protocol read back, confirmed, registered; a booking and a hand-over; one summary', async () => {
	const person = await book('day@example.kz');
	await desk.get(`/desk/reception/days/${day}`);
	const here = desk.html.match(/action="(\/desk\/reception\/here\/\d+)"/)[1];
	await desk.post(here, {}, here);
	assert.match(desk.html, /class="number">B-\d{3}/);
	await person.get(person.url);
	assert.match(person.text(), /Пришёл/);
	const receive = here.replace('here', 'receive');
	await desk.get(`/desk/reception/days/${day}`);
	await desk.post(receive, {}, receive);
	assert.match(desk.url, /^\/desk\/reception\/visits\/\d+$/, desk.text().slice(0, 300));
	const visit = desk.url, id = visit.split('/').pop();
	assert.match(desk.html, /Айгүл Серікова/);
	await desk.post(visit + '/person', { name: 'Айгүл Серікова', iin: '123', phone: '', email: '', post_address: 'Семей, Абай 15', lang: 'kk' }, visit + '/person');
	assert.equal(desk.status, 422);
	assert.match(desk.html, /Семей, Абай 15/, 'nothing typed is lost');
	await desk.post(visit + '/person', { name: 'Айгүл Серікова', iin: '', phone: '', email: '', post_address: 'Семей, Абай 15', lang: 'kk' }, visit + '/person');
	await desk.post(visit + '/words', { asked: 'Жарық жоқ', said: 'Тексереміз', promised: 'Шам қоямыз', promise_on: '2020-01-01' }, visit + '/words');
	assert.equal(desk.status, 422);
	await desk.get(visit);
	await desk.post(visit + '/words', { asked: 'Жарық жоқ', said: 'Тексереміз', promised: 'Бір аптада шам қоямыз', promise_on: '' }, visit + '/words');
	assert.equal(desk.status, 200);
	await desk.get(visit);
	const filing = desk.html.match(/href="(\/desk\/new\?visit=\d+)"/)[1];
	await desk.get(filing);
	assert.match(desk.html, /name="name"[^>]*value="Айгүл Серікова"/, 'a paper is taken without asking for the name again');
	assert.match(desk.html, /name="post_address"[^>]*value="Семей, Абай 15"/);
	assert.match(desk.html, /<textarea[^>]*name="text"[^>]*>\s*Жарық жоқ/);
	const far = await signIn(server.base, 'registrar.r10_utilities@demo.kz');
	await far.get(filing);
	assert.equal(far.status, 404, 'the visit of another body is not there');
	assert.equal((await desk.get('/desk/new?visit=abc')).status, 404);
	await desk.get(visit + '/protocol');
	const body = desk.html.match(/<option value="(10003)"/)[1];
	await desk.post(visit + '/protocol', { act: '0', text: 'Абай көшесінде үш апта бойы жарық жоқ, балалар мектептен қараңғыда қайтады.', body, kind: 'message', topic: 'roads', region: '100000000', answer: '' }, visit + '/protocol');
	assert.equal(desk.url, visit, desk.text().slice(0, 400));
	await desk.post(visit + '/end', {}, visit + '/end');
	assert.match(desk.text(), /Протокол ещё не зарегистрирован/);
	const read = desk.html.match(/action="([^"]*\/read\/\d+)"/)[1], file = read.replace('/read/', '/file/');
	await desk.post(read, {}, read);
	await desk.post(file, {}, file);
	assert.match(desk.text(), /Отметьте, как человек подтвердил/);
	await desk.post(file, { confirmed: 'signed' }, file);
	assert.match(desk.text(), /Обращение зарегистрировано/);
	const number = desk.html.match(/\d\d-[0-9A-Z]{4}-[0-9A-Z]{4}/)[0];
	await addDay(new Date(Date.now() + 4 * 86400e3).toISOString().slice(0, 10), '10:00', '11:00');
	await desk.get(visit + '/book');
	const slot = [...desk.html.matchAll(/action="([^"]*\/book\/\d+)"/g)].pop()[1];
	await desk.post(slot, {}, slot);
	assert.match(desk.text(), /Запись подтверждена/);
	await desk.post(visit + '/advice', { hand: 'lawyer', of_body: '10000', advice: 'Жер дауы, заңгерге берілді' }, visit + '/advice');
	await desk.post(visit + '/end', {}, visit + '/end');
	assert.equal(desk.url, visit + '/summary');
	assert.match(desk.html, /lang="kk"/, 'printed in the language of the person');
	assert.ok(desk.html.includes(number) && desk.html.includes('Бір аптада шам қоямыз') && (desk.html.match(/<svg/g) ?? []).length >= 3);
	const receipt = desk.html.match(/href="(\/receipt\/[^"]+)"/)[1];
	const paper = new Client(server.base, 'en');
	await paper.get(receipt);
	assert.equal(paper.status, 200, 'the QR code leads to the receipt');
	await desk.get('/desk/reception/promises');
	const keep = `/desk/reception/promises/${id}`;
	const long = 'Шам қойылды. '.repeat(100).trim();
	await desk.post(keep, { how: long }, keep);
	assert.equal(desk.status, 422, 'too long');
	assert.ok(desk.html.includes(`>${long}</textarea>`), 'nothing typed is lost');
	await desk.post(keep, { how: 'Шам қойылды' }, keep);
	assert.match(desk.text(), /Отмечено/);
	const stranger = await signIn(server.base, 'executor.r10_utilities@demo.kz');
	for (const where of [visit, visit + '/summary', visit + '/protocol', queue(), `/desk/reception/days/${day}`]) {
		await stranger.get(where);
		assert.equal(stranger.status, 404, where);
	}
});

test('when nobody waits, one press gives the ticket, calls and begins', async () => {
	await desk.get(queue());
	await desk.post(queue() + '/visit', { counter: '2' }, queue() + '/visit');
	assert.match(desk.url, /^\/desk\/reception\/visits\/\d+$/);
	assert.match(desk.text(), /A-\d{3}/);
});

test('a protocol that says something else is dropped; the summary opens by its secret for who has the paper', async () => {
	await desk.get(queue());
	await desk.post(queue() + '/visit', { counter: '3' }, queue() + '/visit');
	const visit = desk.url;
	await desk.post(visit + '/person', { name: 'Мұрат Әлиев', iin: '', phone: '', email: '', post_address: '', lang: 'ru' }, visit + '/person');
	await desk.get(visit + '/protocol');
	await desk.post(visit + '/protocol', { act: '0', text: 'Во дворе дома четырнадцать нет площадки, детям негде играть.', body: '10003', kind: 'message', topic: 'roads', region: '100000000', answer: '' }, visit + '/protocol');
	assert.equal(desk.url, visit, desk.text().slice(0, 400));
	const drop = desk.html.match(/action="([^"]*\/drop\/\d+)"/)[1];
	const far = await signIn(server.base, 'executor.r10_utilities@demo.kz', 1);
	await far.request(drop, { method: 'POST', body: new URLSearchParams([...far.hidden().filter(([k]) => k === '_csrf')]) });
	assert.equal(far.status, 404, 'another body drops nothing here');
	await desk.get(visit);
	const form = desk.hidden(drop);
	await desk.post(drop, {}, drop);
	assert.equal(desk.status, 200);
	assert.doesNotMatch(desk.html, /негде играть/);
	assert.equal((await fetch(server.base + drop.replace('/drop/', '/read/'), { method: 'POST', redirect: 'manual' })).status, 403, 'without the form nothing is done');
	await desk.request(drop, { method: 'POST', body: new URLSearchParams(form.filter(([k]) => k !== '_key')) });
	assert.doesNotMatch(desk.html, /негде играть/, 'what is gone is gone once');
	await desk.post(visit + '/words', { asked: 'Площадка во дворе', said: 'Посмотрим весной', promised: '', promise_on: '' }, visit + '/words');
	await desk.post(visit + '/end', {}, visit + '/end');
	assert.equal(desk.url, visit + '/summary', desk.text().slice(0, 300));
	assert.doesNotMatch(desk.html, /негде играть/, 'a dropped protocol is not on the paper');
	const secret = desk.html.match(/href="(\/visits\/\d+\/[0-9A-Z]+)"/)[1];
	const paper = new Client(server.base), r = await paper.get(secret);
	assert.equal(r.status, 200);
	assert.match(paper.text(), /Площадка во дворе/);
	assert.match(paper.text(), /Мұрат Әлиев/);
	assert.match(paper.response.headers.get('cache-control'), /no-store/);
	assert.equal((await paper.get(secret.replace(/.$/, (c) => (c === '2' ? '3' : '2')))).status, 404, 'another secret opens nothing');
});

test('numbers of a centre hide times while the visits are few and open to everybody', async () => {
	const c = new Client(server.base);
	await c.get(`/receptions/centres/${room}/numbers`);
	assert.match(c.text(), /Посетители 10[23]/);
	assert.match(c.text(), /Ожидание, минут/);
	assert.match(await (await fetch(`${server.base}/receptions/centres/${room}/numbers.csv`)).text(), /body_id,body,appeals/);
	await c.get(`/receptions/centres/${room}`);
	assert.match(c.text(), /Общий календарь/);
	assert.ok(!c.html.includes('Айгүл'), 'no visitor is named');
});
