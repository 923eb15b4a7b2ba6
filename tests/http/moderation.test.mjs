// What the public sees of an appeal: words, answers, photos and names of files are a moderator's, every change can be taken back, and what was
// taken away is gone.
import test from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startServer, Client, signIn, root } from '../lib/server.mjs';

let server, moderator;
test.before(async () => { server = await startServer({ demo: 20 }); moderator = await signIn(server.base, 'all.r10_roads@demo.kz'); });
test.after(async () => { await server?.stop(); });

const pixel = readFileSync(path.join(root, 'tests/data/pixel.jpg'));
async function file() {
	const c = new Client(server.base, 'ru');
	await c.get('/appeals/new');
	const body = new FormData();
	for (const [k, v] of c.hidden()) body.append(k, v);
	body.append('text', 'Яма у дома Зиновьевой Марии Петровны, звоните 8 701 123 45 67. Начальник мудак.');
	body.append('kind', 'message');
	body.append('files', new Blob([pixel]), 'Зиновьева Мария Петровна.jpg');
	body.append('files', new Blob([pixel]), 'яма.jpg');
	await c.request('/appeals/new', { method: 'POST', body });
	await c.post(c.url, { topic: 'roads', region: '100000000', district: '' });
	await c.post(c.url, { body: '10003', name: 'Мария Зиновьева', email: 'm@example.kz', agreed_public: '1' });
	const [, number, secret] = c.url.match(/receipt\/([^/]+)\/([^/]+)/);
	return { c, number, secret };
}
const page = (n) => moderator.get(`/desk/${n}/public`);
// with a cookie: a page that was just sent to a guest may be sent again for a moment
const status = async (where) => { const r = await fetch(server.base + where, { headers: { cookie: 'x=1' } }); await r.arrayBuffer(); return r.status; };
const names = () => [...moderator.html.matchAll(/name="name_(\d+)" [^>]*value="([^"]*)"/g)].map((m) => [m[1], m[2]]);

test('suggestions, preview, photos one by one, history, undo and the page that is gone', async () => {
	const { c, number, secret } = await file();
	await page(number);
	for (const found of ['8 701 123 45 67', 'Зиновьевой Марии Петровны', 'мудак', 'Зиновьева Мария Петровна'])
		assert.ok(moderator.html.includes(`<mark>${found}</mark>`), found + ' is pointed at');
	const files = names();
	assert.equal(files.length, 2);
	assert.doesNotMatch(files[0][1], /Зиновьева/, 'the name of the file is masked too');
	const fields = { files_0: '1', title: 'Яма', text: 'Яма у дома, начальник [грубо].', [`name_${files[0][0]}`]: files[0][1], [`name_${files[1][0]}`]: 'яма.jpg', [`show_${files[1][0]}`]: '1' };
	await moderator.post(`/desk/${number}/preview`, fields, `/desk/${number}/publish`);
	assert.equal(moderator.status, 200);
	assert.match(moderator.text(), /Так это увидят все/);
	assert.equal(await status(`/appeals/${number}`), 404, 'a preview shows nothing to anybody');
	await moderator.post(`/desk/${number}/publish`, fields, `/desk/${number}/publish`);
	const anyone = new Client(server.base, 'ru');
	await anyone.get(`/appeals/${number}`);
	assert.equal(anyone.status, 200);
	assert.match(anyone.html, /яма\.jpg/);
	assert.doesNotMatch(anyone.html, /Зиновьев|701 123|мудак/);
	assert.equal(await status(`/appeals/${number}/files/${files[1][0]}`), 200);
	assert.equal(await status(`/appeals/${number}/files/${files[0][0]}`), 404, 'each photo by itself');

	await page(number);
	await moderator.post(`/desk/${number}/publish`, { ...fields, text: 'Другие слова.' }, `/desk/${number}/publish`);
	await page(number);
	assert.match(moderator.html, /<del>Яма у дома, начальник \[грубо\]\.<\/del>/);
	const undo = moderator.html.match(new RegExp(`/desk/${number}/undo/\\d+`))[0];
	await moderator.post(undo, {}, undo);
	await anyone.get(`/appeals/${number}`);
	assert.match(anyone.text(), /начальник \[грубо\]/, 'taken back');
	await page(number);
	assert.ok(!moderator.html.includes(undo), 'what does not stand any more cannot be taken back');

	// the person finds something that should not be there
	await c.get(`/receipt/${number}/${secret}`);
	const long = 'видно мой дом '.repeat(600).trim();
	await c.post(`/appeals/${number}/act/hide`, { text: long, secret }, `/appeals/${number}/act/hide`);
	assert.equal(c.status, 422, 'too long');
	assert.ok(c.html.includes(`>${long}</textarea>`), 'nothing typed is lost');
	await c.post(`/appeals/${number}/act/hide`, { text: 'видно мой дом', secret }, `/appeals/${number}/act/hide`);
	assert.match(c.text(), /убрано с сайта/);
	assert.equal(await status(`/appeals/${number}`), 410);
	assert.equal(await status(`/appeals/${number}/files/${files[1][0]}`), 404);
	assert.equal((await (await fetch(`${server.base}/appeals.csv`)).text()).includes(number), false);
	await moderator.get('/desk?queue=clear');
	assert.match(moderator.html, new RegExp(number), 'a moderator looks again');
	await page(number);
	assert.match(moderator.text(), /видно мой дом/);
	assert.ok(moderator.html.split('<li>').filter((x) => x.includes('заявитель')).every((x) => !x.includes('/undo/')), 'the wish of the person is not undone');
	await moderator.post(`/desk/${number}/publish`, { ...fields, text: 'Яма, адрес убран.' }, `/desk/${number}/publish`);
	assert.equal(await status(`/appeals/${number}`), 200);
	await page(number);
	await moderator.post(`/desk/${number}/publish`, { ...fields, title: '', text: 'Слова, которые набрали.' }, `/desk/${number}/publish`);
	assert.equal(moderator.status, 422, 'a title is needed');
	assert.ok(moderator.html.includes('>Слова, которые набрали.</textarea>') && moderator.html.includes('name="files_0"'), 'nothing typed is lost');
	await page(number);
	await moderator.post(`/desk/${number}/take-down`, { text: '' }, `/desk/${number}/take-down`);
	assert.equal(moderator.status, 422, 'a reason is needed');
	assert.match(moderator.html, /<textarea[^>]* id="text"[^>]*>Яма, адрес убран\.<\/textarea>/, 'the words for the public are as they were');
	const why = 'жалоба соседа '.repeat(3500).trim();
	await moderator.post(`/desk/${number}/take-down`, { text: why }, `/desk/${number}/take-down`);
	assert.equal(moderator.status, 422, 'too long');
	assert.ok(moderator.html.includes(`>${why}</textarea>`), 'nothing typed is lost');
	await page(number);
	await moderator.post(`/desk/${number}/take-down`, { text: 'жалоба соседа' }, `/desk/${number}/take-down`);
	assert.equal(await status(`/appeals/${number}`), 410);
});

test('only moderators of the body open the page', async () => {
	const { number } = await file();
	const executor = await signIn(server.base, 'executor.r10_roads@demo.kz');
	await executor.get(`/desk/${number}/public`);
	assert.equal(executor.status, 403);
	const other = await signIn(server.base, 'all.mki@demo.kz');
	await other.get(`/desk/${number}/public`);
	assert.equal(other.status, 404);
});

test('the exact place can be kept from the public while the words stay', async () => {
	const r = await fetch(server.base + '/api/v1/appeals', { method: 'POST', body: JSON.stringify({ kind: 'message', text: 'У дома на улице Абая яма, в ней вода стоит с осени.', topic: 'roads', place: 100000000, body: 10003,
		name: 'Мария Зиновьева', email: 'm@example.kz', lat: 50.4111, lon: 80.2275, agreed_public: true }) });
	const { number, secret } = await r.json(), fields = { files_0: '1', title: 'Яма у дома', text: 'У дома яма.' };
	const doors = ['/open311/v2/requests/N.json', '/open311/v2/requests/N.xml', '/open311/v2/requests.json', '/appeals/N', '/api/v1/appeals/N', '/api/v1/appeals', '/appeals.csv', '/appeals.atom', '/appeals'];
	const exact = async () => {
		const found = [];
		for (const door of doors) {
			const body = await (await fetch(server.base + door.replace('N', number), { headers: { cookie: 'x=1' } })).text();
			if (/50\.411|80\.227/.test(body) || (door === '/appeals/N' && /class="mark"/.test(body))) found.push(door);
		}
		return found;
	};
	await page(number);
	assert.match(moderator.text(), /Скрыть точку, показывать только территорию: область Абай/);
	await moderator.post(`/desk/${number}/publish`, fields, `/desk/${number}/publish`);
	assert.deepEqual(await exact(), ['/open311/v2/requests/N.json', '/open311/v2/requests/N.xml', '/open311/v2/requests.json', '/appeals/N'], 'shown, as nobody said otherwise');
	await page(number);
	await moderator.post(`/desk/${number}/preview`, { ...fields, hide_point: '1' }, `/desk/${number}/publish`);
	assert.match(moderator.html, /name="hide_point" value="1" checked/, 'a preview keeps what was ticked');
	await moderator.post(`/desk/${number}/publish`, { ...fields, hide_point: '1' }, `/desk/${number}/publish`);
	assert.deepEqual(await exact(), []);
	assert.equal(await status(`/appeals/${number}`), 200, 'the words stay');
	const [one] = await (await fetch(`${server.base}/open311/v2/requests/${number}.json`)).json();
	assert.ok(Number(one.lat) > 45 && Number(one.lat) !== 50.4111, 'the middle of the place instead');
	const person = await new Client(server.base).get(`/receipt/${number}/${secret}`);
	assert.match(person.text(), /50\.4111/, 'the person and the body still see it');
	await moderator.get(`/desk/${number}`);
	assert.match(moderator.text(), /50\.4111/);
	await page(number);
	const undo = moderator.html.match(new RegExp(`/desk/${number}/undo/\\d+`))[0];
	assert.doesNotMatch(moderator.html.slice(moderator.html.indexOf(undo) - 600), /50\.411/, 'the history does not tell it either');
	await moderator.post(undo, {}, undo);
	assert.ok((await exact()).length, 'taken back');
});
