// Kazakhstan with something changed.
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from './server.mjs';

// edit: what becomes of one file's text. The folder goes with end().
export function countryWith(name, edit) {
	const dir = mkdtempSync(path.join(tmpdir(), 'jauap-country-')), pack = path.join(dir, 'country/kz'), file = path.join(pack, name);
	cpSync(path.join(root, 'country/kz'), pack, { recursive: true });
	symlinkSync(path.join(root, 'data'), path.join(dir, 'data'));
	const before = readFileSync(file, 'utf8'), after = edit(before);
	if (after === before) throw new Error(`${name} has nothing to change`);
	writeFileSync(file, after);
	return { settings: ['--country', pack], end: () => rmSync(dir, { recursive: true }) };
}

// A country where it is about noon now: for what happens on one day, whatever the hour at which tests run.
export function countryAtNoon() {
	const ahead = 12 - new Date().getUTCHours(), zone = `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`; // POSIX signs: Etc/GMT-5 is five hours ahead
	return { ...countryWith('pack.yaml', (text) => text.replace(/^zone: .*$/m, `zone: ${zone}`)), now: new Date(Date.now() + ahead * 3600e3) };
}
