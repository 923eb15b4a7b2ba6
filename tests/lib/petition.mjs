// Petitions in tests: a country pack with small numbers, people with a verified identity, and the steps that many tests begin with.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { iin, root, signInCitizen } from './server.mjs';

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

// Others than those of signInCitizen().
let next = 1000;
export const nextIin = () => iin(next++);
export const citizen = (base, lang = 'ru', name = 'Айгүл Серікова') => signInCitizen(base, { n: next++, name, lang });

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

export async function json(base, where) {
	const r = await fetch(base + where);
	if (r.status !== 200) { await r.arrayBuffer(); return null; }
	return r.json();
}
export const stage = async (base, id) => (await json(base, `/petitions/${id}.json`))?.data.attributes.stage;
