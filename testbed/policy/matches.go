package main

import (
	"fmt"
	"slices"
	"strings"

	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// matchesOf one rule: nft conditions, each of which allows. No peers means everybody, no ports means every port.
func (s snapshot) matchesOf(
	peers []networking.NetworkPolicyPeer, ports []networking.NetworkPolicyPort, namespace string, pod *core.Pod, way direction,
) []string {
	// a named port is one of the pod that is connected to: of this one, or of each peer
	server := pod
	if way.kind == networking.PolicyTypeEgress {
		server = nil
	}
	if len(peers) == 0 {
		found := join("", portMatches(ports, server))
		if server == nil && hasNamed(ports) {
			found = append(found, namedOf(s.pods, ports, way)...)
		}
		return found
	}
	var found []string
	for _, peer := range peers {
		if peer.IPBlock != nil {
			found = append(found, join(blockMatch(*peer.IPBlock, way), portMatches(ports, server))...)
			continue
		}
		pods := s.peers(peer, namespace)
		for _, addresses := range addressMatches(pods, way) {
			found = append(found, join(addresses, portMatches(ports, server))...)
		}
		if server == nil && hasNamed(ports) {
			found = append(found, namedOf(pods, ports, way)...)
		}
	}
	return found
}

// namedOf gives the named ports of a rule as each pod has them.
func namedOf(pods []*core.Pod, ports []networking.NetworkPolicyPort, way direction) []string {
	named := slices.DeleteFunc(slices.Clone(ports), func(port networking.NetworkPolicyPort) bool { return !isNamed(port) })
	var found []string
	for _, pod := range pods {
		for _, addresses := range addressMatches([]*core.Pod{pod}, way) {
			found = append(found, join(addresses, portMatches(named, pod))...)
		}
	}
	return found
}

// addressMatches has one condition per family that any of the pods has an address of.
func addressMatches(pods []*core.Pod, way direction) []string {
	byFamily := map[string][]string{}
	for _, pod := range pods {
		for _, ip := range pod.Status.PodIPs {
			byFamily[family(ip.IP)] = append(byFamily[family(ip.IP)], ip.IP)
		}
	}
	var found []string
	for _, name := range []string{"ip", "ip6"} {
		if addresses := byFamily[name]; len(addresses) > 0 {
			slices.Sort(addresses)
			list := strings.Join(slices.Compact(addresses), ", ")
			found = append(found, fmt.Sprintf("%s %s { %s }", name, way.peer, list))
		}
	}
	return found
}

func blockMatch(block networking.IPBlock, way direction) string {
	name := family(block.CIDR)
	match := fmt.Sprintf("%s %s %s", name, way.peer, block.CIDR)
	for _, except := range block.Except {
		match += fmt.Sprintf(" %s %s != %s", name, way.peer, except)
	}
	return match
}

// portMatches has one condition per port that the server has; none at all where there is nothing that can match.
func portMatches(ports []networking.NetworkPolicyPort, server *core.Pod) []string {
	if len(ports) == 0 {
		return []string{""}
	}
	var found []string
	for _, port := range ports {
		protocol := "tcp"
		if port.Protocol != nil {
			protocol = strings.ToLower(string(*port.Protocol))
		}
		switch {
		case port.Port == nil:
			found = append(found, "meta l4proto "+protocol)
		case isNamed(port):
			for _, number := range numbersOf(server, port.Port.StrVal, protocol) {
				found = append(found, fmt.Sprintf("%s dport %d", protocol, number))
			}
		case port.EndPort != nil:
			found = append(found, fmt.Sprintf("%s dport %d-%d", protocol, port.Port.IntVal, *port.EndPort))
		default:
			found = append(found, fmt.Sprintf("%s dport %d", protocol, port.Port.IntVal))
		}
	}
	return found
}

func numbersOf(pod *core.Pod, name, protocol string) []int32 {
	if pod == nil {
		return nil
	}
	var found []int32
	for _, container := range slices.Concat(pod.Spec.InitContainers, pod.Spec.Containers) {
		for _, port := range container.Ports {
			if port.Name == name && strings.EqualFold(string(port.Protocol), protocol) {
				found = append(found, port.ContainerPort)
			}
		}
	}
	return found
}

func isNamed(port networking.NetworkPolicyPort) bool {
	return port.Port != nil && port.Port.Type == intstr.String
}

func hasNamed(ports []networking.NetworkPolicyPort) bool {
	return slices.ContainsFunc(ports, isNamed)
}

// join puts a condition before each of others.
func join(first string, others []string) []string {
	joined := make([]string, 0, len(others))
	for _, other := range others {
		joined = append(joined, strings.TrimSpace(first+" "+other))
	}
	return joined
}

// family is nft's word for the family of an address or range.
func family(address string) string {
	if strings.Contains(address, ":") {
		return "ip6"
	}
	return "ip"
}
