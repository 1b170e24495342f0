#!/usr/bin/env bash
# Removes what a cluster of real nodes leaves in the kernel once its processes are killed: links and cgroups by its name.
# Argument: the name of its bridge. Nothing to remove is no error; gives up after some seconds.
cluster=$1
[ -n "$cluster" ] || exit 3
cgroups() { find /sys/fs/cgroup -maxdepth 2 -type d -name "$cluster-*" 2>/dev/null; }
for _ in $(seq 100); do
  cgroups | while read -r group; do
    find "$group" -depth -type d -exec rmdir {} \; 2>/dev/null
  done
  [ -z "$(cgroups)" ] && break
  sleep 0.1
done
ip -o link show type veth | sed -nE "s/^[0-9]+: ($cluster-[^@:]+)[@:].*/\1/p" | while read -r link; do
  ip link delete "$link"
done
ip link delete "$cluster" 2>/dev/null
for _ in $(seq 50); do
  ip -o link show | grep -qE "^[0-9]+: $cluster(-[^@:]+)?[@:]" || break
  sleep 0.1
done
