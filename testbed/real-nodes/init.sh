#!/usr/bin/env bash
# The first process of a node, in mount, UTS, network and PID namespaces of its own: makes the node's places, waits for its
# network, keeps containerd and kubelet running. When it dies, the kernel ends everything on the node.
# Arguments: node name, its folder, folder of the binaries, of the images, of the volumes on the network, cgroup, kubelet flags.
set -eu
name=$1 folder=$2 binaries=$3 images=$4 volumes=$5 cgroup=$6
shift 6
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root

hostname "$name"
mount --make-rprivate /
mount --make-rshared /
# /etc with the node's own files over it, /var and /tmp of its own: nothing is left on the machine
mount -t overlay -o "lowerdir=/etc,upperdir=$folder/etc,workdir=$folder/etc-work" overlay /etc
mount --bind "$folder/boot-id" /proc/sys/kernel/random/boot_id
exec 3<"$binaries" 4<"$images" 5<"$volumes" 6<"$folder"
mount -t tmpfs tmpfs /run
mkdir -p /run/lock /run/netns /run/testbed/bin /run/testbed/images /run/testbed/volumes
mount --no-canonicalize --bind /proc/self/fd/3 /run/testbed/bin
mount --no-canonicalize --bind /proc/self/fd/4 /run/testbed/images
mount --no-canonicalize --bind /proc/self/fd/5 /run/testbed/volumes
mount --no-canonicalize --bind /proc/self/fd/6/var /var
mount --no-canonicalize --bind /proc/self/fd/6/tmp /tmp
exec 3<&- 4<&- 5<&- 6<&-
mount --make-rshared /

if [ -e /sys/fs/cgroup/cgroup.controllers ]; then
  mkdir -p "/sys/fs/cgroup/$cgroup"
  for controller in cpu cpuset memory pids io hugetlb; do
    for level in /sys/fs/cgroup "/sys/fs/cgroup/$cgroup"; do
      echo "+$controller" >"$level/cgroup.subtree_control" 2>/dev/null || true
    done
  done
else
  for tasks in /sys/fs/cgroup/*/tasks; do
    mkdir -p "${tasks%/tasks}/$cgroup"
  done
fi

if command -v modprobe >/dev/null; then modprobe -q -a br_netfilter overlay || true; fi
for _ in $(seq 600); do
  ip link show eth0 >/dev/null 2>&1 && break
  sleep 0.05
done
ip -batch /etc/testbed/network
sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 net.ipv4.conf.all.rp_filter=0 \
  net.bridge.bridge-nf-call-iptables=1 net.bridge.bridge-nf-call-ip6tables=1

# what systemd would do: start it again
keep() {
  log=$1
  shift
  while :; do
    "$@" >>"$log" 2>&1 </dev/null || true
    sleep 1
  done
}
keep /var/log/containerd.log containerd --config /etc/containerd/testbed.toml &
for _ in $(seq 600); do
  ctr version >/dev/null 2>&1 && break
  sleep 0.05
done
for image in /run/testbed/images/*.tar; do
  ctr --namespace k8s.io images import "$image" >/dev/null
done
keep /var/log/kubelet.log /run/testbed/bin/kubelet "$@" &
echo "node $name is up"
while :; do
  wait -n || sleep 1
done
