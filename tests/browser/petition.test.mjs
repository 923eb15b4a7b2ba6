// A petition's whole life in a real browser: author, fifty supporters, moderator, signer, withdrawal, the body's officer, the letter with the decision;
// in three languages, once without scripts. Its pages pass the checks that every page passes.
import test from 'node:test';
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { startServer, totp, until } from '../lib/server.mjs';
import { openBrowser, findings, axeFindings } from '../lib/browser.mjs';
import { letters } from '../lib/mail.mjs';
import { smallCountry, citizen, sign, json, stage, nextIin } from '../lib/petition.mjs';

let server, browser, country;
test.before(async () => {
	country = smallCountry({ supporters: 50, threshold: 51 });
	server = await startServer({ demo: 20, settings: ['--country', country, '--page-keep', '0', '--petition-mail-from', '0', '--petition-mail-to', '24'] });
	browser = await openBrowser();
});
test.after(async () => { await browser?.close(); await server?.stop(); rmSync(path.join(country, '../..'), { recursive: true, force: true }); });

const speech = {
	kk: { locale: 'kk-KZ', lang: 'kk', body: 'Қазақстан Республикасы Мәдениет және ақпарат министрлігі', title: 'Ауылға кітапхана ашуды сұраймыз',
		text: 'Ауылда кітапхана жоқ, ең жақыны қырық шақырым жерде. Ескі мектептің бөлмесінде ашуды ұсынамыз, үй дайын тұр.' },
	ru: { locale: 'ru-RU', lang: 'ru', body: 'Министерство культуры и информации Республики Казахстан', title: 'Открыть библиотеку в нашем ауле',
		text: 'Библиотеки нет, до ближайшей сорок километров. Предлагаем открыть её в старой школе, помещение готово.' },
	en: { locale: 'en-GB', lang: 'ru', body: 'Ministry of Culture and Information', title: 'Провести интернет в сельский клуб',
		text: 'В клубе нет связи, дети не могут учиться вечером. Предлагаем провести кабель от школы, она рядом.' },
};

async function enter(context, name) {
	const page = await context.newPage();
	await page.goto(`${server.base}/sign-in/identity`);
	await page.fill('#iin', nextIin());
	await page.fill('#name', name);
	await page.click('main button');
	return page;
}

let steps = 0;
async function official(context) {
	const page = await context.newPage();
	await page.goto(`${server.base}/staff/sign-in`);
	await page.fill('#email', 'all.mki@demo.kz');
	await page.fill('#password', 'demo-Jauap-2026');
	await page.fill('#code', totp(Date.now() + 30000 * (steps++ - 1))); // a code works once
	await page.click('main button');
	assert.ok(!page.url().includes('sign-in'), page.url());
	return page;
}

async function check(page, label) {
	const wrong = [...await findings(page, label), ...await axeFindings(page, label)];
	assert.deepEqual(wrong, []);
}

const submit = (page, action) => Promise.all([page.waitForNavigation(), page.click(`form[action="${action}"] button[type=submit]`)]);

for (const [name, scripts, viewport] of [['kk', true, { width: 320, height: 640 }], ['ru', false, { width: 1200, height: 800 }], ['en', true, { width: 800, height: 800 }]])
	test(`a petition from the author to the letter with the decision: ${name}${scripts ? '' : ', without scripts'}`, { timeout: 300000 }, async () => {
		const s = speech[name], context = () => browser.newContext({ locale: s.locale, javaScriptEnabled: scripts, viewport });
		const see = (page, label) => scripts ? check(page, `${name} ${label}`) : null; // the checkers are scripts themselves

		const author = await enter(await context(), 'Айгүл Серікова');
		await author.goto(`${server.base}/petitions/new`);
		await author.check('#read_excluded');
		await author.selectOption('#body', { label: (await author.locator('#body option').allTextContents()).find((t) => t.startsWith(s.body)) });
		await author.check(`input[name=lang][value=${s.lang === 'kk' ? 'ru' : 'kk'}]`); // not the language of the text
		await author.fill('#title', s.title);
		await author.fill('#text', s.text);
		await author.fill('#mail', `author-${name}@example.kz`);
		await see(author, 'new');
		await submit(author, '/petitions/new');
		assert.equal(await author.inputValue('#text'), s.text, 'nothing typed is lost');
		await author.check(`input[name=lang][value=${s.lang}]`);
		if (await author.locator('#not_similar').count()) await author.check('#not_similar');
		await submit(author, '/petitions/new');
		const [, id, link] = author.url().match(/petitions\/(\d+)\?link=(.+)$/);
		await see(author, 'waiting');

		const staff = await official(await context());
		await staff.goto(`${server.base}/desk/petitions`);
		await see(staff, 'queue');
		await staff.click(`a[href="/desk/petitions/${id}"]`);
		await see(staff, 'sheet');
		await submit(staff, `/desk/petitions/${id}/moderate`);

		for (let i = 0; i < 50; i += 10) await Promise.all(Array.from({ length: 10 }, async () => sign(await citizen(server.base), id, link)));
		await until('open', async () => await stage(server.base, id) === 'open');

		const signer = await enter(await context(), 'Ерлан Беков');
		await signer.goto(`${server.base}/petitions`);
		await signer.click(`a[href="/petitions/${id}"]`);
		await see(signer, 'open');
		await signer.click(`a[href="/petitions/${id}/sign"]`);
		await signer.selectOption('#region', '100000000');
		await signer.fill('#mail', `signer-${name}@example.kz`);
		await see(signer, 'sign');
		await submit(signer, `/petitions/${id}/sign`);
		await until('registered', async () => await stage(server.base, id) === 'review');

		await staff.goto(`${server.base}/desk/petitions/${id}`);
		await staff.fill('#group', 'Министр, екі сарапшы');
		await staff.fill('#discussion', 'Мектепте өтті, 40 адам келді.');
		await staff.fill('#decision', 'Кітапхана 1 қыркүйекте ашылады.');
		await see(staff, 'review');
		await submit(staff, `/desk/petitions/${id}/review`);
		await until('decided', async () => await stage(server.base, id) === 'decided');
		await signer.goto(`${server.base}/petitions/${id}`);
		assert.match(await signer.textContent('main'), /1 қыркүйекте ашылады/);
		await see(signer, 'decided');
		await signer.goto(`${server.base}/petitions/${id}/pace`);
		await see(signer, 'pace');

		await staff.goto(`${server.base}/desk/petitions/${id}/signatures`);
		await see(staff, 'signatures');
		await staff.click('form[action$="/mail"] >> xpath=ancestor::details/summary');
		await staff.check('input[name=kind][value=decision]');
		await staff.fill('form[action$="/mail"] textarea[name=text]', 'Кітапхана 1 қыркүйекте ашылады, барлығын шақырамыз.');
		await submit(staff, `/desk/petitions/${id}/mail`);
		const [letter] = await until('the letter', async () => { const l = await letters(server.base, `signer-${name}@example.kz`); return l.length && l; });
		assert.match(letter, /барлығын шақырамыз/);
		await signer.goto(server.base + letter.match(/\/petitions\/letters\/[0-9A-Z-]+/)[0]);
		await see(signer, 'letters');
		await until('the author', async () => (await letters(server.base, `author-${name}@example.kz`)).some((l) => l.includes('1 қыркүйекте')));
	});

test('a signature is taken back with one press, and the author withdraws', { timeout: 120000 }, async () => {
	const context = await browser.newContext({ locale: 'kk-KZ', viewport: { width: 360, height: 740 } }), page = await enter(context, 'Динара Омарова');
	const list = (await json(server.base, '/petitions.json?state=open')).data;
	const id = list.find((p) => p.attributes.signature_count > 100).id, before = (await json(server.base, `/petitions/${id}/count.json`)).signature_count;
	await page.goto(`${server.base}/petitions/${id}/sign`);
	await page.selectOption('#region', '100000000');
	await submit(page, `/petitions/${id}/sign`);
	// the number on the open page follows by itself
	await page.waitForFunction((n) => Number(document.querySelector('[data-key=signatures]').textContent.replace(/\D/g, '')) === n, before + 1);
	await submit(page, `/petitions/${id}/unsign`);
	await until('taken back', async () => (await json(server.base, `/petitions/${id}/count.json`)).signature_count === before);
	await page.goto(`${server.base}/petitions/new`);
	await page.check('#read_excluded');
	await page.selectOption('#body', { index: 1 });
	await page.check('input[name=lang][value=kk]');
	await page.fill('#title', 'Мектеп жанына бағдаршам қою керек');
	await page.fill('#text', 'Балалар жолдан өтіп мектепке барады, көлік көп жүреді. Бағдаршам мен жаяу жүргінші жолын ұсынамыз.');
	await submit(page, '/petitions/new');
	const mine = page.url().match(/petitions\/(\d+)/)[1];
	await submit(page, `/petitions/${mine}/withdraw`);
	await page.goto(`${server.base}/petitions/${mine}`);
	assert.match(await page.textContent('main'), /қайтарып алынды/);
});
