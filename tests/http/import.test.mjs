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
