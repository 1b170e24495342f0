package main

import (
	"cmp"
	"slices"

	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	corelisters "k8s.io/client-go/listers/core/v1"
	networkinglisters "k8s.io/client-go/listers/networking/v1"
)

type snapshotSource struct {
	pods       corelisters.PodLister
	namespaces corelisters.NamespaceLister
	policies   networkinglisters.NetworkPolicyLister
}

// snapshot is the cluster at one moment, in an order that does not depend on the caches.
type snapshot struct {
	// pods that have a network of their own; those of the node's are never selected, as peer or as target
	pods       []*core.Pod
	namespaces map[string]labels.Set
	policies   []*networking.NetworkPolicy
}

func (s snapshotSource) take() (snapshot, error) {
	pods, err := s.pods.List(labels.Everything())
	if err != nil {
		return snapshot{}, err
	}
	namespaces, err := s.namespaces.List(labels.Everything())
	if err != nil {
		return snapshot{}, err
	}
	policies, err := s.policies.List(labels.Everything())
	if err != nil {
		return snapshot{}, err
	}
	taken := snapshot{namespaces: map[string]labels.Set{}, policies: policies}
	for _, namespace := range namespaces {
		taken.namespaces[namespace.Name] = namespace.Labels
	}
	for _, pod := range pods {
		if hasNetwork(pod) {
			taken.pods = append(taken.pods, pod)
		}
	}
	slices.SortFunc(taken.pods, func(a, b *core.Pod) int { return cmp.Compare(a.UID, b.UID) })
	slices.SortFunc(taken.policies, func(a, b *networking.NetworkPolicy) int { return cmp.Compare(a.UID, b.UID) })
	return taken, nil
}

// A pod that has ended has given its addresses back.
func hasNetwork(pod *core.Pod) bool {
	ended := pod.Status.Phase == core.PodSucceeded || pod.Status.Phase == core.PodFailed
	return !pod.Spec.HostNetwork && !ended && len(pod.Status.PodIPs) > 0
}

func selects(selector *meta.LabelSelector, set labels.Set) bool {
	matcher, err := meta.LabelSelectorAsSelector(selector)
	return err == nil && matcher.Matches(set)
}

// peers of a rule's entry, from the view of a policy in this namespace.
func (s snapshot) peers(peer networking.NetworkPolicyPeer, namespace string) []*core.Pod {
	var found []*core.Pod
	for _, pod := range s.pods {
		inNamespace := pod.Namespace == namespace
		if peer.NamespaceSelector != nil {
			inNamespace = selects(peer.NamespaceSelector, s.namespaces[pod.Namespace])
		}
		if inNamespace && (peer.PodSelector == nil || selects(peer.PodSelector, pod.Labels)) {
			found = append(found, pod)
		}
	}
	return found
}
