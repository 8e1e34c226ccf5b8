# Writes an ftrace text COPIES times, each copy later than the one before.
# -v copies=N; the time stamps are seconds.
/^#/ { head[++heads] = $0; next }
{
  line[++n] = $0
  if (match($0, / [0-9]+\.[0-9]+: /)) {
    t = substr($0, RSTART + 1, RLENGTH - 3)
    if (n == 1 || first == "") first = t
    last = t
    at[n] = RSTART; len[n] = RLENGTH; time[n] = t
  }
}
END {
  for (i = 1; i <= heads; i++) {
    # the promise of how many lines there are holds for one copy only
    if (head[i] !~ /entries-in-buffer/) print head[i]
  }
  span = last - first + 1
  for (k = 0; k < copies; k++) {
    for (i = 1; i <= n; i++) {
      if (i in at) {
        printf "%s %.6f: %s\n", substr(line[i], 1, at[i] - 1), time[i] + k * span,
          substr(line[i], at[i] + len[i])
      } else {
        print line[i]
      }
    }
  }
}
