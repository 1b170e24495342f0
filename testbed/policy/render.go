package main

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
)

const tableName = "network-policy"

// render gives the node's table as nft reads it. Every isolated pod of the node has a chain per direction, whose rules let
// traffic return and whose end drops; both directions of one packet are looked at, so returning from egress is not enough.
// Hook forward: addresses of services are translated by then, and what the node itself sends (probes) does not pass.
func (s snapshot) render(node string) string {
	var chains, jumps strings.Builder
	for _, pod := range s.pods {
		if pod.Spec.NodeName != node {
			continue
		}
		for _, way := range []direction{egress, ingress} {
			rules, isolated := s.rules(pod, way)
			if !isolated {
				continue
			}
			chain := way.chainOf(pod)
			fmt.Fprintf(&chains, "\tchain %s {\n%s\t\tdrop\n\t}\n", chain, rules)
			for _, ip := range pod.Status.PodIPs {
				fmt.Fprintf(&jumps, "\t\t%s %s %s jump %s\n", family(ip.IP), way.own, ip.IP, chain)
			}
		}
	}
	// the first two lines make the third one possible whether or not the table is there
	return fmt.Sprintf(`table inet %[1]s {}
delete table inet %[1]s
table inet %[1]s {
%[2]s	chain forward {
		type filter hook forward priority filter; policy accept;
		ct state established,related accept
		icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-solicit, nd-router-advert } accept
%[3]s	}
}
`, tableName, chains.String(), jumps.String())
}

// direction of traffic, seen from the isolated pod.
type direction struct {
	kind networking.PolicyType
	// nft's word for the pod's own address and for its peer's
	own, peer string
	prefix    string
}

var (
	ingress = direction{kind: networking.PolicyTypeIngress, own: "daddr", peer: "saddr", prefix: "in"}
	egress  = direction{kind: networking.PolicyTypeEgress, own: "saddr", peer: "daddr", prefix: "out"}
)

func (d direction) chainOf(pod *core.Pod) string {
	return fmt.Sprintf("%s-%x", d.prefix, sha256.Sum256([]byte(pod.UID)))[:len(d.prefix)+17]
}

// rules of all policies that select the pod; isolated when there is one for this direction.
func (s snapshot) rules(pod *core.Pod, way direction) (string, bool) {
	var rules strings.Builder
	isolated := false
	for _, policy := range s.policies {
		if policy.Namespace != pod.Namespace || !selects(&policy.Spec.PodSelector, pod.Labels) {
			continue
		}
		if !slices.Contains(policy.Spec.PolicyTypes, way.kind) {
			continue
		}
		isolated = true
		for _, allowed := range s.matches(policy, pod, way) {
			fmt.Fprintf(&rules, "\t\t%s return\n", allowed)
		}
	}
	return rules.String(), isolated
}

func (s snapshot) matches(policy *networking.NetworkPolicy, pod *core.Pod, way direction) []string {
	var found []string
	if way.kind == networking.PolicyTypeIngress {
		for _, rule := range policy.Spec.Ingress {
			found = append(found, s.matchesOf(rule.From, rule.Ports, policy.Namespace, pod, way)...)
		}
		return found
	}
	for _, rule := range policy.Spec.Egress {
		found = append(found, s.matchesOf(rule.To, rule.Ports, policy.Namespace, pod, way)...)
	}
	return found
}
