#!/bin/sh
# run.sh SQLC SOURCE_ROOT CC...: every case here must be refused with the message that its first line names, by sqlc or, where a
# NAME.use.c stands beside it, by the C compiler. tests/golden/sqlc/case.sql must give case.expected, which must compile;
# UPDATE=1 writes case.expected anew.
set -u
sqlc=$(realpath "$1") source=$2
shift 2
here=$source/tests/nocompile/sqlc golden=$source/tests/golden/sqlc
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
mkdir "$work/gen"
failed=0 count=0

cc_gen() { # FILE CC...: what sqlc made, and FILE behind its header
	use=$1
	shift
	{ echo '#include "gen/case_sql.c"'; cat "$use"; } >"$work/all.c"
	"$@" -std=c17 -D_GNU_SOURCE -Wall -Wextra -Wno-unused-function -Werror -S -o "$work/s" -I"$source/lib" -I"$work" "$work/all.c"
}

"$sqlc" ids "$here/schema" "$work/gen/ids.h" "$work/d" || exit 1
cd "$here" || exit 1
for file in *.sql; do
	name=${file%.sql}
	count=$((count + 1))
	want=$(sed -n '1s/^-- must say: //p' "$file")
	"$sqlc" slice case "$file" schema "$work/gen/case_sql.h" "$work/gen/case_sql.c" "$work/d" >"$work/out" 2>&1
	status=$?
	if [ -f "$name.use.c" ] && [ $status -eq 0 ]; then
		cc_gen "$name.use.c" "$@" >"$work/out" 2>&1
		status=$?
	fi
	if [ $status -ne 0 ] && [ -n "$want" ] && grep -qF -e "$want" "$work/out"; then
		continue
	fi
	echo "FAIL $file (status $status): must say \"$want\", says:"
	sed 's/^/    /' "$work/out"
	failed=$((failed + 1))
done

cd "$golden" || exit 1
"$sqlc" slice case case.sql "$here/schema" "$work/gen/case_sql.h" "$work/gen/case_sql.c" "$work/d" || failed=$((failed + 1))
cat "$work/gen/ids.h" "$work/gen/case_sql.h" "$work/gen/case_sql.c" >"$work/case"
[ -z "${UPDATE:-}" ] || cp "$work/case" case.expected
diff -u case.expected "$work/case" || failed=$((failed + 1))
cc_gen /dev/null "$@" || failed=$((failed + 1))
echo "$count cases, $failed failed"
[ $failed -eq 0 ] && [ $count -gt 20 ]
