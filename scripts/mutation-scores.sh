#!/bin/sh
# Compares what PIT found with the least that each room of core must reach; fails where one does not.
#
#   mutation-scores.sh mutations.xml thresholds.properties
#
# The score is PIT's own: a mutant with which the tests no longer end is killed, too.
set -eu

exec awk -v report="$1" -v thresholds="$2" '
	function know(room) { if (!(room in known)) order[++rooms] = room; known[room] }
	function fail(what) { failures = failures what "\n" }

	FILENAME == thresholds && /^(#.*)?$/ { next }
	FILENAME == thresholds && /^[A-Za-z]+=[0-9]+(\.[0-9]+)?$/ {
		split($0, entry, "=")
		know(entry[1])
		least[entry[1]] = entry[2]
		next
	}
	FILENAME == thresholds {
		fail(thresholds ":" FNR ": \"" $0 "\" must be a room and a percentage, like planning=90.5")
		next
	}

	# PIT writes each mutant on one line.
	match($0, /<mutatedClass>dev\.shedmaster\.core\.[A-Za-z]+/) {
		room = substr($0, RSTART, RLENGTH)
		sub(/.*\./, "", room)
		know(room)
		mutants[room]++
		if ($0 ~ /<mutation detected=.true./) killed[room]++
	}

	END {
		printf "%-12s %8s %8s %8s %9s\n", "room", "mutants", "killed", "score", "at least"
		for (i = 1; i <= rooms; i++) {
			room = order[i]
			if (!(room in mutants)) {
				fail(room " has a threshold and no mutants in " report ": take it out of " thresholds)
				continue
			}
			score = int(1000 * killed[room] / mutants[room]) / 10
			if (!(room in least)) {
				fail(room " has mutants and no threshold: add " room "=" int(score) " to " thresholds)
				continue
			}
			printf "%-12s %8d %8d %7.1f%% %8s%%\n", room, mutants[room], killed[room], score, least[room]
			if (score < least[room] + 0) {
				page = report
				sub(/[^\/]*$/, "dev.shedmaster.core." room "/index.html", page)
				fail(sprintf("%s scores %.1f%%, below its threshold of %s%% in %s: %s shows which mutants are alive", \
					room, score, least[room], thresholds, page))
			}
		}
		printf "%s", failures
		exit failures != ""
	}
' "$2" "$1"
