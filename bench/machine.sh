# Sourced by the scripts here: names the machine that the figures are of.
machine() {
  cpu=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1)
  printf 'machine: %s, %s CPUs; %s\n' "${cpu:-$(uname -m)}" "$(getconf _NPROCESSORS_ONLN)" \
    "$(uname -sr)"
  printf 'load at the start:%s\n' "$(uptime | sed 's/.*load average:/ /')"
}
