// Records of other systems: taken once, with their own date; what cannot be taken is named by line and field.
import test from 'node:test';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startServer, root } from '../lib/server.mjs';

const dir = mkdtempSync(path.join(tmpdir(), 'jauap-import-'));
let databases = 0;
const settings = () => {
	if (process.env.JAUAP_ENGINE !== 'postgres') return [];
	const address = process.env.JAUAP_TEST_PG, name = `i${process.pid}_${databases++}`;
	spawnSync('psql', ['-q', '-d', address, '-c', `CREATE DATABASE ${name}`]);
	return ['--database', address.replace('postgresql:///jauap', `postgresql:///${name}`)];
};
const run = (file, data, extra, ...more) => spawnSync(path.join(root, 'build/jauap'), ['import', 'appeals', file, ...more, '--data', data, ...extra], { cwd: root, encoding: 'utf8' });
const file = (name, text) => { const p = path.join(dir, name); writeFileSync(p, text); return p; };
test.after(() => rmSync(dir, { recursive: true, force: true }));

test('e-Otinish records become appeals with their own number of origin, once', () => {
	const data = path.join(dir, 'a'), extra = settings(), sample = path.join(root, 'tests/data/eotinish_records.jsonl');
	assert.match(run(sample, data, extra, 'check').stdout, /^4 would be taken, 0 there already, 0 refused/m);
	assert.match(run(sample, data, extra).stdout, /^4 taken, 0 there already, 0 refused/m);
	assert.match(run(sample, data, extra).stdout, /^0 taken, 4 there already, 0 refused/m);
});

test('Open311 CSV with quoted lines, coordinates and closed ones', async () => {
	const data = path.join(dir, 'b'), extra = settings();
	const csv = file('o.csv', '\ufeffservice_request_id,status,service_code,description,requested_datetime,address,lat,long\r\n'
		+ '1,open,roads,"Яма на дороге,\r\nвторая неделя",2026-11-20T10:00:00+05:00,"улица Абая, 5",50.41,80.25\r\n'
		+ '2,closed,waste,Мусор не вывозят уже неделю,2026-11-01T09:00:00+05:00,,43.25,76.95\r\n'
		+ '3,open,roads,коротко,2026-11-20T10:00:00+05:00,,,\r\n'
		+ '4,open,roads,Яма у школы номер пять,вчера,,,\r\n'
		+ '5,open,roads,Яма у школы номер шесть,2026-11-20,,95,200\r\n'
		+ '6,open\r\n'
		+ ',open,roads,Без номера записи,2026-11-20,,,\r\n');
	const r = run(csv, data, extra);
	assert.match(r.stdout, /^2 taken, 0 there already, 5 refused/m, r.stdout + r.stderr);
	for (const line of [/line 5: text: has less than 10/, /line 6: time: is no date/, /line 7: lat: lat and long must be degrees/, /line 8: record: does not have the columns/, /line 9: id: no known columns/])
		assert.match(r.stdout, line);
	if (extra.length) return; // one engine is enough to look at the desk
	writeFileSync(path.join(data, 'demo'), '');
	const server = await startServer({ data });
	try {
		const page = await (await fetch(server.base + '/metrics')).text();
		assert.match(page, /jauap_/);
	} finally { await server.stop(); }
});

test('hostile lines are refused and the rest is taken', () => {
	const data = path.join(dir, 'c'), extra = settings();
	const good = (id) => JSON.stringify({ id, type: 'Жалоба', registered: '2026-11-20T10:00:00', org: '', text: 'В селе нет воды вторую неделю' });
	const f = file('h.jsonl', [good('1'), '{', '[]', '"text"', '{"id":1,"id":2}', `{"id":"9","text":"${'я'.repeat(21000)}","registered":"2026-11-20"}`, '\xff\xfe', '', 'x'.repeat(2 << 20), good('2')].join('\n'));
	const r = run(f, data, extra);
	assert.match(r.stdout, /^2 taken, 0 there already, 7 refused/m, r.stdout.slice(0, 2000) + r.stderr);
	assert.notEqual(run(path.join(dir, 'none.csv'), data, extra).status, 0);
	assert.equal(spawnSync(path.join(root, 'build/jauap'), ['import', 'nothing', f]).status, 2);
});

test('petitions of elsewhere stand on the list as they stood there', async () => {
	const data = path.join(dir, 'd'), extra = settings();
	const p = (id, more) => JSON.stringify({ id, action: `Build bridge number ${id}`, background: 'There is no bridge and children walk over the ice to school.', additional_details: '', state: 'closed',
		signature_count: 12000 + id, created_at: '2020-03-03T12:25:09.391Z', opened_at: '2020-03-05T15:48:39.806Z', closed_at: '2020-09-05T22:59:59.999Z', ...more });
	const f = file('p.jsonl', [p(1, {}), p(2, { state: 'rejected', rejection_code: 'duplicate', rejection_details: 'There is one.' }),
		p(3, { government_response: { summary: 'Yes.', details: 'We will build it.' }, government_response_at: '2020-04-07T21:30:08.160Z' }),
		p(0, {}), p(5, { created_at: 'then' }), p(6, { state: 'odd' }), '{"id":', p(7, { background: '' }), p(8, { state: 'open', closed_at: null })].join('\n'));
	const go = () => spawnSync(path.join(root, 'build/jauap'), ['import', 'petitions', f, '--data', data, ...extra], { cwd: root, encoding: 'utf8' }).stdout;
	const first = go();
	assert.match(first, /^4 taken, 0 there already, 5 refused/m, first);
	for (const line of [/line 4: id: is no number/, /line 5: created_at/, /line 6: state/, /line 7: record/, /line 8: action, background/]) assert.match(first, line);
	assert.match(go(), /^0 taken, 4 there already, 5 refused/m);
	if (extra.length) return;
	writeFileSync(path.join(data, 'demo'), '');
	const server = await startServer({ data });
	try {
		const list = (await (await fetch(server.base + '/petitions.json')).json()).data;
		assert.deepEqual(list.map((x) => x.attributes.state).sort(), ['closed', 'closed', 'closed', 'rejected']);
		assert.equal(list.find((x) => x.attributes.government_response)?.attributes.government_response.details, 'We will build it.');
		const open = list.find((x) => x.attributes.source?.endsWith('/8')), page = await (await fetch(`${server.base}/petitions/${open.id}`, { headers: { 'accept-language': 'ru' } })).text();
		assert.equal(open.attributes.stage, 'stopped', 'what is open there cannot be signed here');
		assert.match(page, /подписи собирают там/);
		assert.match(page, /href="https:\/\/petition\.parliament\.uk\/petitions\/8"/);
		assert.ok(!page.includes(`/petitions/${open.id}/sign`));
	} finally { await server.stop(); }
});
