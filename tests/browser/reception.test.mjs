// A reception day: a citizen books on a phone without scripts and confirms by letter; two clerks, a display that is told by itself, a walk-in without a phone,
// a visit with its protocol, an appeal registered, one printed summary.
import test from 'node:test';
import assert from 'node:assert/strict';
import { startServer, signIn } from '../lib/server.mjs';
import { countryAtNoon } from '../lib/noon.mjs';
import { openBrowser, findings, axeFindings } from '../lib/browser.mjs';

let server, browser, desk, day, centre;
const country = countryAtNoon(), today = country.now.toISOString().slice(0, 10);
test.before(async () => {
	server = await startServer({ demo: 20, settings: country.settings });
	browser = await openBrowser();
	desk = await signIn(server.base, 'all.r10_akimat@demo.kz');
	await desk.get('/desk/reception/heads/new');
	await desk.post('/desk/reception/heads/new', { kind: 'head', name: 'Нұрлан Ахметов', post_kk: 'Әкім', post_ru: 'Аким', post_en: 'Akim', matters: '' }, '/desk/reception/heads/new');
	const head = desk.url.match(/heads\/(\d+)/)[1];
	await desk.get('/desk/reception/centres/new');
	await desk.post('/desk/reception/centres/new', { kind: 'centre', name_kk: 'Қабылдау орталығы', name_ru: 'Центр приёма', name_en: 'Centre', address: 'Абай көшесі, 1', counters: '3' }, '/desk/reception/centres/new');
	centre = [...desk.html.matchAll(/\/desk\/reception\/centres\/(\d+)/g)].pop()[1];
	await desk.get('/desk/reception/days/new');
	await desk.post('/desk/reception/days/new', { head, centre, on: today, from: '06:00', to: '23:59', slot: '15', how: 'person', link: '' }, '/desk/reception/days/new');
	day = desk.url.match(/days\/(\d+)/)[1];
});
test.after(async () => { await browser?.close(); await server?.stop(); country.end(); });

async function clerk(locale, offset) {
	const c = offset ? await signIn(server.base, 'all.r10_akimat@demo.kz', offset) : desk;
	const context = await browser.newContext({ locale, viewport: { width: 1280, height: 900 } });
	await context.addCookies([...c.cookies].map(([name, value]) => ({ name, value, url: server.base })));
	return context.newPage();
}
async function letter(page, to) {
	for (let i = 0; i < 50; i++) {
		await page.goto(server.base + '/demo/mail');
		const row = page.locator('main li, main tr', { hasText: to }).first();
		if (await row.count()) { await row.locator('a').first().click(); return (await page.content()).match(/\/bookings\/[0-9A-Z-]+\/[0-9A-Z]{12}\/confirm\/[0-9A-Z]{6}/)[0]; }
		await page.waitForTimeout(100);
	}
	throw new Error('no letter');
}

test('a reception day from the phone to the printed summary', async () => {
	const all = [], check = async (page, where) => all.push(...await findings(page, where), ...await axeFindings(page, where));
	// on a phone, scripts off, in Kazakh: three steps and a letter
	const phone = await browser.newContext({ locale: 'kk-KZ', javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
	const citizen = await phone.newPage();
	await citizen.goto(server.base + '/receptions?region=100000000');
	await citizen.click(`a[href="/receptions/${day}"]`);
	await citizen.locator('ul.slots button').first().click();
	assert.match(citizen.url(), /\/bookings\//);
	await citizen.fill('input[name=name]', 'Айгүл Серікова');
	await citizen.fill('input[name=email]', 'aigul@example.kz');
	await citizen.fill('textarea[name=matter]', 'Көшеде жарық жоқ');
	await citizen.click('main form[novalidate] button[type=submit]');
	assert.match(await citizen.textContent('main'), /aigul@example\.kz/);
	await citizen.goto(server.base + await letter(citizen, 'aigul@example.kz'));
	await citizen.click('main form button[type=submit]');
	assert.match(await citizen.textContent('main'), /Сіз жазылдыңыз/);
	const number = (await citizen.textContent('.panel b')).trim();
	// at the counter
	const one = await clerk('ru-RU'), two = await clerk('kk-KZ', 1), wall = await (await browser.newContext({ locale: 'kk-KZ', viewport: { width: 1280, height: 720 } })).newPage();
	await wall.goto(server.base + `/receptions/centres/${centre}/display`);
	await one.goto(server.base + `/desk/reception/queue/${centre}`);
	await check(one, 'queue');
	await one.locator('aside li', { hasText: number }).locator('button').click();
	const mine = (await one.textContent('.panel .number')).trim();
	assert.match(mine, /^B-\d{3}$/);
	await check(one, 'ticket');
	await one.goto(server.base + `/desk/reception/queue/${centre}`);
	await one.locator('aside form button').first().click(); // a walk-in without a phone
	const walkIn = (await one.textContent('.panel .number')).trim();
	assert.match(walkIn, /^A-\d{3}$/);
	// two clerks press for the same person at once
	for (const [page, counter] of [[one, 1], [two, 2]]) await page.goto(server.base + `/desk/reception/queue/${centre}?counter=${counter}`);
	const press = (page) => page.locator('tr', { hasText: mine }).locator('button').first().click();
	await Promise.all([press(one), press(two)]);
	const lost = (await Promise.all([one, two].map(async (p) => /уже вызвал другой сотрудник|басқа қызметкер шақырып қойды/.test(await p.textContent('body')))));
	assert.equal(lost.filter(Boolean).length, 1);
	const [winner, counter] = lost[0] ? [two, 2] : [one, 1];
	await wall.waitForFunction(([n]) => document.querySelector('#called')?.textContent.includes(n), [mine]);
	assert.match(await wall.textContent('#called'), new RegExp(`${mine}\\s+${counter}-терезе`));
	await check(wall, 'display');
	// the visit
	await winner.locator('li', { hasText: mine }).locator('button').first().click();
	assert.match(winner.url(), /\/visits\/\d+$/);
	await check(winner, 'visit');
	await winner.fill('textarea[name=asked]', 'Абай көшесінде жарық жоқ');
	await winner.fill('textarea[name=promised]', 'Бір аптада шам қоямыз');
	await winner.click('form[action$="/words"] button');
	await winner.click('a[href$="/protocol"]');
	await check(winner, 'protocol');
	await winner.fill('textarea[name=text]', 'Абай көшесінде үш апта бойы жарық жоқ, балалар мектептен қараңғыда қайтады.');
	await winner.selectOption('select[name=body]', '10003');
	await winner.selectOption('select[name=topic]', 'roads');
	await winner.locator('[name=kind]').evaluateAll((els) => { const el = els.find((e) => e.tagName === 'SELECT') ?? els.find((e) => e.value === 'message'); if (el.tagName === 'SELECT') el.value = 'message'; else el.click(); });
	await winner.click('main form[novalidate] button[type=submit]');
	await winner.click('form[action*="/read/"] button');
	await winner.check('input[name=confirmed][value=signed]');
	await check(winner, 'confirm');
	await winner.click('form[action*="/file/"] button[type=submit]');
	const appeal = (await winner.textContent('main')).match(/\d\d-[0-9A-Z]{4}-[0-9A-Z]{4}/)[0];
	await winner.click('form[action$="/end"] button');
	await winner.emulateMedia({ media: 'print' });
	const paper = await winner.textContent('main');
	assert.ok(paper.includes(appeal) && paper.includes('Бір аптада шам қоямыз') && await winner.locator('.qr svg').count() >= 2);
	assert.equal(await winner.locator('nav.nav').isVisible().catch(() => false), false, 'only the paper is printed');
	await winner.emulateMedia({ media: 'screen' });
	await check(winner, 'summary');
	// the person sees it without scripts, on the phone
	await citizen.reload();
	assert.match(await citizen.textContent('main'), /Қабылданды/);
	await citizen.goto(new URL(await winner.getAttribute('main a[href^="/receipt/"]', 'href'), server.base).href);
	assert.match(await citizen.textContent('main'), new RegExp(appeal));
	assert.deepEqual(all, []);
});

for (const [name, options] of [
	['kk, phone of 320 px', { locale: 'kk-KZ', viewport: { width: 320, height: 640 } }],
	['en, dark', { locale: 'en-GB', viewport: { width: 1200, height: 800 }, colorScheme: 'dark' }],
	['ru, forced colours', { locale: 'ru-RU', viewport: { width: 800, height: 800 }, forcedColors: 'active' }],
])
	test(`pages of receptions: ${name}`, async () => {
		const context = await browser.newContext(options), page = await context.newPage(), all = [], forced = options.forcedColors === 'active';
		const look = async (where) => { await page.goto(server.base + where); all.push(...await findings(page, `${name} ${where}`), ...await axeFindings(page, `${name} ${where}`, { forced })); };
		for (const where of ['/receptions', '/receptions/bodies/10000', `/receptions/centres/${centre}`, `/receptions/centres/${centre}/numbers`, `/receptions/centres/${centre}/display`]) await look(where);
		await page.goto(server.base + '/receptions?region=100000000');
		for (const link of await page.locator('main a[href^="/receptions/"]').evaluateAll((as) => as.map((a) => a.getAttribute('href')).filter((h) => /^\/receptions\/\d+$/.test(h)))) {
			await page.goto(server.base + link);
			if (await page.locator('ul.slots button').count() === 0) continue;
			await look(link);
			await page.locator('ul.slots button').last().click();
			const at = new URL(page.url()).pathname;
			await look(at); // reserved
			await page.fill('input[name=name]', 'Айгүл');
			await page.fill('input[name=email]', `p${name.length}@example.kz`);
			await page.click('main form[novalidate] button[type=submit]');
			await look(at); // waits for the letter
			await page.locator('form[action$="/cancel"] button').click();
			await look(at); // given back
			break;
		}
		await context.close();
		assert.deepEqual(all, []);
	});
