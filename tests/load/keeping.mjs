// keeping [DUTIES]: the board of who keeps the standard over so many duties, rendered each time: the board, one body, the rows behind a number, each next to the
// same page over the demonstration's few. Also how fast the fold counts what was closed. Aim: 50 ms of server time.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { root } from '../lib/server.mjs';
import { program, serve, median, count, verdict, endAll } from './load.mjs';

const duties = Number(process.argv[2] ?? 2000000), AIM = 50, UNCOUNTED = 5000;
const home = path.join(process.env.JAUAP_BENCH ?? path.join(root, 'var/bench'), `keeping-${duties}`);
const sql = (text) => execFileSync('sqlite3', [path.join(home, 'jauap.db')], { input: text, encoding: 'utf8' });
const bodies = readFileSync(path.join(root, 'country/kz/bodies.csv'), 'utf8').split('\n').map((l) => l.split(',')[0]).filter((id) => /^\d+$/.test(id));
const lines = [['meetings', 'meeting_hold'], ['announced', 'meeting_announce'], ['minutes', 'meeting_minutes'], ['questions', 'answer'], ['plan', 'measure'], ['reports', 'plan_report'],
	['receptions', 'reception_hold'], ['promises', 'promise'], ['appeals', 'answer'], ['petitions', 'petition_decide'], ['briefings', 'briefing'], ['journalists', 'answer']];
const DAY = '86400000000';

// Rows as the fold leaves them, spread over bodies, lines and the last 700 days; the counts from the rows.
function fill() {
	rmSync(home, { recursive: true, force: true });
	mkdirSync(home, { recursive: true });
	execFileSync(program, ['demo', '--data', home, '--appeals', '100']);
	sql(`PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; BEGIN;
CREATE TEMP TABLE b (i INTEGER PRIMARY KEY, id); CREATE TEMP TABLE l (i INTEGER PRIMARY KEY, line, kind);
${bodies.map((id, i) => `INSERT INTO b VALUES (${i}, ${id});`).join('')}
${lines.map(([line, kind], i) => `INSERT INTO l VALUES (${i}, '${line}', '${kind}');`).join('')}
WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ${duties}), today (d) AS (SELECT unixepoch() / 86400),
	row (n, body, line, kind, d, how) AS (SELECT n, b.id, l.line, l.kind, today.d - 1 - (n * 31) % 700, (n * 17) % 10 FROM n, today JOIN b ON b.i = n % ${bodies.length} JOIN l ON l.i = (n / ${bodies.length}) % ${lines.length})
INSERT INTO duty (id, kind, clause, subject_kind, subject_id, body_id, opened_at, due_at, closed_at, outcome, late, kept_line, kept_on, kept_as)
SELECT n, kind, kind, 'none', n, body, (d - 10) * ${DAY}, d * ${DAY}, CASE WHEN how < 9 THEN d * ${DAY} ELSE 0 END, CASE WHEN how < 9 THEN 'done' ELSE '' END, how = 8,
	line, d, CASE WHEN how < 8 THEN 'kept' WHEN how = 8 THEN 'late' ELSE 'open' END FROM row;
DELETE FROM keep_count;
${[['m', "y * 12 + m - 1"], ['q', 'y * 4 + (m - 1) / 3'], ['h', 'y * 2 + (m - 1) / 6'], ['y', 'y']].map(([span, slot]) => `INSERT INTO keep_count (span, slot, body_id, line, kept, late, open)
SELECT '${span}', ${slot} AS slot, body_id, kept_line, SUM(kept_as = 'kept'), SUM(kept_as = 'late'), SUM(kept_as = 'open') FROM
	(SELECT body_id, kept_line, kept_as, CAST(strftime('%Y', kept_on * 86400, 'unixepoch') AS INTEGER) AS y, CAST(strftime('%m', kept_on * 86400, 'unixepoch') AS INTEGER) AS m
	   FROM duty WHERE kept_line <> '' AND kept_as IN ('kept', 'late', 'open')) GROUP BY 2, 3, 4;`).join('\n')}
COMMIT; ANALYZE;`);
}

async function typical(url) {
	const times = [];
	for (let i = 0; i < 25; i++) {
		const began = performance.now(), r = await fetch(url, { headers: { 'accept-language': 'ru' } });
		await r.arrayBuffer();
		if (!r.ok) throw new Error(`${url}: ${r.status}`);
		times.push(performance.now() - began);
	}
	return median(times);
}

let missed = false;
if (!existsSync(path.join(home, 'demo'))) fill();
const server = await serve(home, ['--page-keep', '0']);
const year = new Date().getFullYear(), month = year * 12 + new Date().getMonth();
console.log(`${count(duties)} duties of ${bodies.length} bodies, medians of 25 trips, aim ${AIM} ms`);
for (const page of [`/standard?period=y${year}`, `/standard?period=m${month}`, `/standard?period=y${year}&region=100000000`, '/standard.csv', `/standard/${bodies[0]}?period=y${year}`,
	`/standard/${bodies[0]}/appeals?period=y${year}`, `/standard/${bodies[0]}/appeals?period=y${year}&as=open`]) {
	const ms = await typical(server.base + page);
	missed ||= ms > AIM;
	console.log(`${page.padEnd(48)} ${ms.toFixed(1).padStart(7)} ms  ${verdict(ms <= AIM)}`);
}
await server.stop();

// What was closed a moment ago, among so many: all counted again by the job.
sql(`UPDATE duty SET kept_as = 'open', closed_at = unixepoch() * 1000000, outcome = 'done', late = 1 WHERE id IN (SELECT id FROM duty WHERE kept_as = 'open' AND closed_at = 0 ORDER BY id LIMIT ${UNCOUNTED});`);
const left = () => Number(sql("SELECT COUNT(*) FROM duty WHERE closed_at <> 0 AND kept_as IN ('', 'open');"));
const again = await serve(home), began = performance.now();
while (left() && performance.now() - began < 120000) await new Promise((r) => setTimeout(r, 100));
console.log(left() ? `the fold left ${left()} of ${UNCOUNTED} uncounted` : `${UNCOUNTED} closed duties counted ${((again.ready + performance.now() - began) / 1000).toFixed(1)} s after the start`);
missed ||= left() > 0;
await endAll();
process.exit(missed ? 1 : 0);
