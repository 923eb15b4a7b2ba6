// Every page that the page checkers visit, in the world of `jauap demo --appeals 600`. TO ADD A PAGE: one line here.
// 'FIRST' in an address is the first appeal of the queue or of the public list, 'NOW' the meeting that is going on, 'HELD' the last one held,
// 'DRAFT' an appeal that is being filed, 'AGREED' one whose person agreed that it be shown.

// What anybody may see.
export const publicPages = [
	'/', '/appeals', '/appeals/FIRST', '/appeals/FIRST/deadline', '/appeals/new', '/appeals/draft/DRAFT/what', '/appeals/draft/DRAFT/where', '/appeals/draft/DRAFT/point', '/appeals/draft/DRAFT/who', '/track', '/now', '/now?region=100000000&topic=roads', '/bodies', '/bodies/10003', '/quality', '/quality/10003',
	'/situations', '/situations/work', '/situations/work?jobless=yes&insured=yes&registered=unknown', '/situation/birth-allowance',
	'/search', '/search?q=жол', '/search?q=qwertyqwerty', '/notices', '/petitions', '/petitions?state=refused', '/petitions?q=мост', '/meetings', '/meetings?when=past', '/meetings/NOW', '/meetings/NOW/questions', '/meetings/NOW/screen', '/meetings/HELD', '/meetings/owed', '/meetings/follow', '/meetings/embed',
	'/receptions', '/receptions?region=100000000', '/receptions/bodies/10000', '/plans', '/reports', '/bodies/10001/plan', '/bodies/10001/press', '/press', '/press/questions', '/press/briefings', '/standard', '/standard/10003', '/standard/10003/appeals',
	'/help', '/help/privacy', '/sign-in', '/sign-in/identity', '/staff/sign-in', '/demo/staff', '/demo/mail', '/nothing',
];

// What a signed-in citizen sees.
export const citizenPages = ['/me', '/me/all', '/me/all/follows', '/me/settings', '/me/mail', '/petitions/new', '/press/accreditation', '/press/mine'];

// What an official with every role of a body sees.
export const staffPages = [
	'/desk', '/desk/FIRST', '/desk/AGREED/public', '/desk/new', '/desk/readings', '/desk/words', '/desk/quality', '/desk/notices', '/desk/notices/new', '/moderation', '/desk/meetings', '/desk/meetings/new', '/desk/reception',
	'/desk/reception/heads/new', '/desk/reception/centres/new', '/desk/reception/days/new', '/desk/reception/close', '/desk/reception/promises',
	'/insight', '/staff/body', '/desk?queue=all', '/desk?queue=press', '/desk/plan', '/desk/plan/new', '/desk/press', '/desk/press/briefings/new', '/desk/press/accreditations',
	'/desk/press/releases/new',
];

// What the administrator of a body sees.
export const adminPages = ['/admin/people', '/admin/jobs', '/admin/letters', '/admin/clients'];
