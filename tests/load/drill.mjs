// drill [APPEALS]: what an operator waits for: a backup while appeals come in, its restore, the start of what was restored, and the migration that has most
// to do over so many appeals (0045: counts by week and six indexes), taken back and done anew.
import { spawn, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { dataOf, serve, wrk, count, program, endAll, ends } from './load.mjs';
import { root } from '../lib/server.mjs';

const appeals = Number(process.argv[2] ?? 100000), dir = mkdtempSync(path.join(process.env.JAUAP_BENCH ?? tmpdir(), 'jauap-drill-'));
ends(() => rmSync(dir, { recursive: true, force: true }));
const at = (name) => path.join(dir, name);
const sql = (where, text) => execFileSync('sqlite3', [path.join(where, 'jauap.db'), text]).toString().trim();

async function timed(what, run) {
	const began = performance.now(), more = await run();
	console.log(`${what}: ${((performance.now() - began) / 1000).toFixed(1)} s${more ? `, ${more}` : ''}`);
}
const run = (...args) => new Promise((done, fail) => spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] }).on('exit', (code) => (code ? fail(new Error(args.join(' '))) : done())));

try {
	const data = dataOf(appeals);
	let server = await serve(data), filed = 0;
	const alone = await wrk(server.base + '/', { script: 'submit.lua', connections: 16, time: '5' });
	await timed(`backup of ${count(appeals)} appeals under load`, async () => {
		const [busy] = await Promise.all([wrk(server.base + '/', { script: 'submit.lua', connections: 16, time: '5' }), run('backup', at('copy'), '--data', data)]);
		filed = busy.rate;
		return `${Math.round(filed)} appeals a second filed meanwhile (${Math.round(alone.rate)} without), ${(statSync(at('copy/jauap.db')).size / 1048576).toFixed(0)} MB`;
	});
	await server.stop();
	await timed('restore', () => run('restore', at('copy'), '--data', at('restored')));
	await timed('integrity of what was restored', () => { if (sql(at('restored'), 'PRAGMA integrity_check') !== 'ok') throw new Error('damaged'); return `${sql(at('restored'), 'SELECT COUNT(*) FROM appeal')} appeals`; });
	server = await serve(at('restored'));
	console.log(`start until ready: ${(server.ready / 1000).toFixed(2)} s`);
	await server.stop();
	sql(at('restored'), "DROP INDEX login_code_by_end; DELETE FROM tally WHERE span = 'week'; DROP INDEX tally_of_cut; DROP INDEX tally_filed_topics; DROP INDEX tally_filed_places; "
		+ 'DROP INDEX tally_filed_bodies; DROP INDEX quality_of_body; CREATE INDEX tally_by_slot ON tally (span, metric, slot, place_id, body_id, topic); '
		+ 'CREATE INDEX tally_by_cut ON tally (span, place_id, body_id, topic, slot);');
	await timed('the largest migration', () => { sql(at('restored'), `BEGIN; ${readFileSync(path.join(root, 'db/migrations/0045_scale.sql'), 'utf8')} COMMIT;`); });
} finally {
	await endAll();
}
