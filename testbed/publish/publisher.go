package main

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/kubernetes"
	corelisters "k8s.io/client-go/listers/core/v1"
	networkinglisters "k8s.io/client-go/listers/networking/v1"
)

const (
	// As clouds do (KEP-980): the Service stays until its load balancer is gone.
	finalizer = "service.kubernetes.io/load-balancer-cleanup"
	// Of the IngressClass that stands beside this program.
	ingressClass = "testbed"
)

type publisher struct {
	client    kubernetes.Interface
	pool      *pool
	announcer announcer
	services  corelisters.ServiceLister
	ingresses networkinglisters.IngressLister
}

// publish brings every Service and Ingress to where it should be; what fails does not keep the others waiting.
func (p publisher) publish(ctx context.Context) error {
	services, err := p.services.List(labels.Everything())
	if err != nil {
		return err
	}
	var failed []error
	for _, service := range services {
		if wantsBalancer(service) {
			failed = append(failed, p.balance(ctx, service))
		} else if slices.Contains(service.Finalizers, finalizer) {
			failed = append(failed, p.release(ctx, service))
		}
	}
	ingresses, err := p.ingresses.List(labels.Everything())
	if err != nil {
		return err
	}
	for _, ingress := range ingresses {
		if ofOurClass(ingress) {
			failed = append(failed, p.lead(ctx, ingress))
		}
	}
	return errors.Join(failed...)
}

func wantsBalancer(service *core.Service) bool {
	return service.Spec.Type == core.ServiceTypeLoadBalancer && service.Spec.LoadBalancerClass == nil && service.DeletionTimestamp == nil
}

func ofOurClass(ingress *networking.Ingress) bool {
	class := ingress.Spec.IngressClassName
	return class != nil && *class == ingressClass && ingress.DeletionTimestamp == nil
}

func (p publisher) balance(ctx context.Context, service *core.Service) error {
	if !slices.Contains(service.Finalizers, finalizer) {
		if err := p.setFinalizers(ctx, service, append(slices.Clone(service.Finalizers), finalizer)); err != nil {
			return err
		}
	}
	addresses, err := p.pool.take(service)
	if err != nil {
		return err
	}
	if err := p.announcer.announce(ctx, addresses); err != nil {
		return err
	}
	if slices.EqualFunc(service.Status.LoadBalancer.Ingress, addresses, func(entry core.LoadBalancerIngress, address string) bool { return entry.IP == address }) {
		return nil
	}
	var given []core.LoadBalancerIngress
	for _, address := range addresses {
		given = append(given, core.LoadBalancerIngress{IP: address, IPMode: p.announcer.mode()})
	}
	patch, err := json.Marshal(map[string]any{"status": map[string]any{"loadBalancer": map[string]any{"ingress": given}}})
	if err != nil {
		return err
	}
	_, err = p.client.CoreV1().Services(service.Namespace).Patch(ctx, service.Name, types.MergePatchType, patch, meta.PatchOptions{}, "status")
	return err
}

func (p publisher) release(ctx context.Context, service *core.Service) error {
	if err := p.announcer.withdraw(ctx, p.pool.held(service.UID)); err != nil {
		return err
	}
	delete(p.pool.taken, service.UID)
	others := slices.DeleteFunc(slices.Clone(service.Finalizers), func(name string) bool { return name == finalizer })
	return p.setFinalizers(ctx, service, others)
}

func (p publisher) setFinalizers(ctx context.Context, service *core.Service, names []string) error {
	patch, err := json.Marshal(map[string]any{"metadata": map[string]any{"finalizers": names, "resourceVersion": service.ResourceVersion}})
	if err != nil {
		return err
	}
	_, err = p.client.CoreV1().Services(service.Namespace).Patch(ctx, service.Name, types.MergePatchType, patch, meta.PatchOptions{})
	return err
}

func (p publisher) lead(ctx context.Context, ingress *networking.Ingress) error {
	shared := p.pool.shared()
	if slices.EqualFunc(ingress.Status.LoadBalancer.Ingress, shared, func(entry networking.IngressLoadBalancerIngress, address string) bool { return entry.IP == address }) {
		return nil
	}
	var given []networking.IngressLoadBalancerIngress
	for _, address := range shared {
		given = append(given, networking.IngressLoadBalancerIngress{IP: address})
	}
	patch, err := json.Marshal(map[string]any{"status": map[string]any{"loadBalancer": map[string]any{"ingress": given}}})
	if err != nil {
		return err
	}
	_, err = p.client.NetworkingV1().Ingresses(ingress.Namespace).Patch(ctx, ingress.Name, types.MergePatchType, patch, meta.PatchOptions{}, "status")
	return err
}
