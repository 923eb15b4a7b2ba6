#!/bin/sh
# run.sh LINT SOURCE_ROOT: the tree keeps its rules; a tree that breaks each of them is told so, line by line.
set -u
lint=$1 root=$2 here=$2/tests/lint failed=0
said=$(mktemp) || exit 1
trap 'rm -f "$said"' EXIT

if "$lint" "$here/bad" >"$said"; then
	echo "FAIL: the bad tree passes"
	failed=1
fi
diff -u "$here/bad.expected" "$said" || failed=1
"$lint" "$root" || failed=1
exit $failed
