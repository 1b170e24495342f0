package main

import (
	"context"
	"fmt"
	"os/exec"
	"strings"

	core "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/types"
)

// pair is one place of the pool: an address of each family that the cluster has.
type pair map[core.IPFamily]string

var bothFamilies = []core.IPFamily{core.IPv4Protocol, core.IPv6Protocol}

type pool struct {
	pairs []pair
	// by the uid of the Service that has it; the first place is nobody's
	taken map[types.UID]int
}

func newPool(ipv4 []string, ipv6 []string) *pool {
	made := &pool{taken: map[types.UID]int{}}
	for index, address := range ipv4 {
		one := pair{core.IPv4Protocol: address}
		if index < len(ipv6) {
			one[core.IPv6Protocol] = ipv6[index]
		}
		made.pairs = append(made.pairs, one)
	}
	return made
}

func (p *pool) shared() []string {
	return p.pairs[0].of(bothFamilies)
}

// take gives the addresses that the Service has or gets, in the order of its families.
func (p *pool) take(service *core.Service) ([]string, error) {
	place, has := p.taken[service.UID]
	if !has {
		used := map[int]bool{0: true}
		for _, other := range p.taken {
			used[other] = true
		}
		for used[place] {
			place++
		}
		if place >= len(p.pairs) {
			return nil, fmt.Errorf("no address is left for %s/%s", service.Namespace, service.Name)
		}
		p.taken[service.UID] = place
	}
	return p.pairs[place].of(service.Spec.IPFamilies), nil
}

// all that a Service may have been given, whatever its families were
func (p *pool) held(uid types.UID) []string {
	place, has := p.taken[uid]
	if !has {
		return nil
	}
	return p.pairs[place].of(bothFamilies)
}

func (p pair) of(families []core.IPFamily) []string {
	var found []string
	for _, family := range families {
		if address, has := p[family]; has {
			found = append(found, address)
		}
	}
	return found
}

// announcer makes this node answer for an address, as a load balancer in front of the nodes would.
type announcer struct{ deaf bool }

func (a announcer) announce(ctx context.Context, addresses []string) error {
	return a.each(ctx, "replace", addresses)
}

func (a announcer) withdraw(ctx context.Context, addresses []string) error {
	return a.each(ctx, "del", addresses)
}

// mode keeps kube-proxy from answering on behalf of a load balancer that does not (KEP-1860).
func (a announcer) mode() *core.LoadBalancerIPMode {
	mode := core.LoadBalancerIPModeVIP
	if a.deaf {
		mode = core.LoadBalancerIPModeProxy
	}
	return &mode
}

func (a announcer) each(ctx context.Context, verb string, addresses []string) error {
	if a.deaf {
		return nil
	}
	for _, address := range addresses {
		arguments := []string{"address", verb, address + "/32", "dev", "eth0"}
		if strings.Contains(address, ":") {
			arguments = []string{"address", verb, address + "/128", "dev", "eth0"}
			if verb == "replace" {
				arguments = append(arguments, "nodad")
			}
		}
		said, err := exec.CommandContext(ctx, "ip", arguments...).CombinedOutput()
		// gone already, or of a family that the Service never had, is what was wanted
		gone := strings.Contains(string(said), "Cannot assign") || strings.Contains(string(said), "not found")
		if err != nil && !(verb == "del" && gone) {
			return fmt.Errorf("ip %s: %w: %s", strings.Join(arguments, " "), err, said)
		}
	}
	return nil
}
