// Petitions in tests: a country pack with small numbers, people with a verified identity, and the steps that many tests begin with.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client, root } from './server.mjs';

// country/kz with other numbers: a ministry needs `threshold` signatures, `supporters` make a petition public, it is registered at once, mail signs too.
export function smallCountry({ threshold = 5, supporters = 3 } = {}) {
	const tree = mkdtempSync(path.join(tmpdir(), 'jauap-country-')), dir = path.join(tree, 'country/kz');
	symlinkSync(path.join(root, 'data'), path.join(tree, 'data')); // what `jauap demo` says
	cpSync(path.join(root, 'country/kz'), dir, { recursive: true });
	const change = (file, ...pairs) => {
		let text = readFileSync(path.join(dir, file), 'utf8');
		for (const [from, to] of pairs) {
			assert.ok(text.includes(from), `${file} has ${from}`);
			text = text.replace(from, to);
		}
		writeFileSync(path.join(dir, file), text);
	};
	change('standard.csv', ['petition_supporters,50,', `petition_supporters,${supporters},`], ['petition_register,1,', 'petition_register,0,']);
	change('petition_thresholds.csv', ['ministry,0,50000,0', `ministry,0,${threshold},0`]);
	change('pack.yaml', ['petition_signing: "identity paper"', 'petition_signing: "identity mail paper"']);
	return dir;
}

// The control digit of an identifier (decree No. 565): twelve digits, weights 1 ... 11, then 3 ... 2.
export function iin(n) {
	const eleven = '900101' + '3' + String(n).padStart(4, '0');
	const sum = (w) => [...eleven].reduce((s, d, i) => s + d * w[i], 0) % 11;
	let k = sum([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
	if (k === 10) k = sum([3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]);
	return k === 10 ? null : eleven + k;
}

let next = 1;
export function nextIin() {
	for (;;) { const number = iin(next++); if (number) return number; }
}

export async function citizen(base, lang = 'ru', name = 'Айгүл Серікова') {
	const c = new Client(base, lang);
	await c.get('/sign-in/identity');
	await c.post('/sign-in/identity', { iin: nextIin(), name });
	assert.equal(c.url, '/me', c.text().slice(0, 300));
	return c;
}

export const words = { topic: 'roads', lang: 'ru', title: 'Построить мост через реку', text: 'Моста нет, дети идут в школу по льду. Предлагаем построить пешеходный мост до осени, деньги есть в бюджете.', read_excluded: '1' };

// Files a petition to the body whose name begins so; returns its id and the supporters' link.
export async function file(author, body, more = {}) {
	await author.get('/petitions/new');
	const [, id] = author.html.match(new RegExp(`<option value="(\\d+)"[^>]*>${body}`)) ?? assert.fail(`no body ${body}`);
	await author.post('/petitions/new', { ...words, body: id, ...more }, '/petitions/new');
	const found = author.url.match(/^\/petitions\/(\d+)\?link=(.+)$/);
	assert.ok(found, author.text().slice(0, 500));
	return { id: found[1], link: found[2] };
}

export async function sign(c, id, link = '', more = {}) {
	await c.get(`/petitions/${id}/sign${link ? `?link=${link}` : ''}`);
	return c.post(`/petitions/${id}/sign`, { region: '100000000', district: '', ...more }, `/petitions/${id}/sign`);
}

// Asks until it is so; the counts are a second behind.
export async function until(what, ask, tries = 100) {
	for (let i = 0; i < tries; i++) {
		const got = await ask();
		if (got) return got;
		await new Promise((r) => setTimeout(r, 200));
	}
	assert.fail(`never: ${what}`);
}

export async function json(base, where) {
	const r = await fetch(base + where);
	if (r.status !== 200) { await r.arrayBuffer(); return null; }
	return r.json();
}
export const stage = async (base, id) => (await json(base, `/petitions/${id}.json`))?.data.attributes.stage;

// All letters of the demonstration to one address, the newest first.
export async function letters(base, to) {
	const c = await new Client(base).get('/demo/mail');
	const out = [];
	for (const [, id] of c.html.matchAll(/href="\/demo\/mail\/(\d+)"/g)) {
		const m = await new Client(base).get(`/demo/mail/${id}`);
		if (m.html.includes(to)) out.push(m.html.replaceAll('&amp;', '&'));
	}
	return out;
}
