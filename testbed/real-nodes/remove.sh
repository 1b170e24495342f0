#!/usr/bin/env bash
# Removes what a cluster of real nodes leaves in the kernel once its processes are killed: links and cgroups by its name.
# Argument: the name of its bridge. Nothing to remove is no error; gives up after a minute and a half.
cluster=$1
[ -n "$cluster" ] || exit 3
ip -o link show type veth | sed -nE "s/^[0-9]+: ($cluster-[^@:]+)[@:].*/\1/p" | while read -r link; do
  ip link delete "$link" 2>/dev/null
done
# a group stays as long as a process of it is still ending: on a busy machine that takes a while
cgroups() { find /sys/fs/cgroup -maxdepth 2 -type d -name "$cluster-*" 2>/dev/null; }
while [ "$SECONDS" -lt 90 ] && [ -n "$(cgroups)" ]; do
  cgroups | while read -r group; do
    find "$group" -depth -type d -exec rmdir {} \; 2>/dev/null
  done
  sleep 0.1
done
# the bridge last: it holds the name, and whoever starts takes a free one
ip link delete "$cluster" 2>/dev/null
while [ "$SECONDS" -lt 95 ] && ip -o link show | grep -qE "^[0-9]+: $cluster(-[^@:]+)?[@:]"; do
  sleep 0.1
done
