// Command publish does what a cloud and an ingress controller do for a cluster's Services and Ingresses: it gives every Service
// of type LoadBalancer addresses of its own, which this node announces and kube-proxy leads on, and every Ingress of its class
// one shared address, behind which it is the proxy itself. Runs once, in a node's network namespace, as root, with ip on PATH.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/cache"
)

// Changes come in bunches; what follows within this time is answered together.
const settleTime = 50 * time.Millisecond

func main() {
	ipv4 := flag.String("ipv4", "", "addresses to give away, in their order; the first one is that of Ingresses")
	ipv6 := flag.String("ipv6", "", "the same of the other family; none: the cluster has one family")
	deaf := flag.Bool("deaf", false, "give addresses that nobody announces")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	pool := newPool(strings.Split(*ipv4, ","), split(*ipv6))
	if err := run(ctx, pool, announcer{deaf: *deaf}); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func split(list string) []string {
	if list == "" {
		return nil
	}
	return strings.Split(list, ",")
}

func run(ctx context.Context, pool *pool, announcer announcer) error {
	config, err := rest.InClusterConfig()
	if err != nil {
		return err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	factory := informers.NewSharedInformerFactory(client, 0)
	services := factory.Core().V1().Services()
	ingresses := factory.Networking().V1().Ingresses()
	changed := make(chan struct{}, 1)
	note := func() {
		select {
		case changed <- struct{}{}:
		default:
		}
	}
	handler := cache.ResourceEventHandlerFuncs{
		AddFunc:    func(any) { note() },
		UpdateFunc: func(any, any) { note() },
		DeleteFunc: func(any) { note() },
	}
	for _, informer := range []cache.SharedIndexInformer{services.Informer(), ingresses.Informer()} {
		if _, err := informer.AddEventHandler(handler); err != nil {
			return err
		}
	}
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())

	shared := pool.shared()
	if err := announcer.announce(ctx, shared); err != nil {
		return err
	}
	if !announcer.deaf {
		if err := serve(shared, proxy{services: services.Lister(), ingresses: ingresses.Lister()}); err != nil {
			return err
		}
	}
	publisher := publisher{client: client, pool: pool, announcer: announcer, services: services.Lister(), ingresses: ingresses.Lister()}
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-changed:
		}
		time.Sleep(settleTime)
		if err := publisher.publish(ctx); err != nil {
			fmt.Fprintln(os.Stderr, err)
			time.AfterFunc(time.Second, note)
		}
	}
}
