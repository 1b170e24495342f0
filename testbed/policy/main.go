// Command policy enforces NetworkPolicy (networking.k8s.io/v1) for the pods of one node: it watches pods, namespaces and
// policies and keeps one nftables table in step. Runs in the node's network namespace, as root, with nft on PATH.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/cache"
)

// Changes come in bunches; what follows within this time is rendered together.
const settleTime = 50 * time.Millisecond

func main() {
	node := flag.String("node", "", "name of the node whose pods are guarded")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, *node); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, node string) error {
	config, err := rest.InClusterConfig()
	if err != nil {
		return err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	factory := informers.NewSharedInformerFactory(client, 0)
	source := snapshotSource{
		pods:       factory.Core().V1().Pods().Lister(),
		namespaces: factory.Core().V1().Namespaces().Lister(),
		policies:   factory.Networking().V1().NetworkPolicies().Lister(),
	}
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
	for _, informer := range []cache.SharedIndexInformer{
		factory.Core().V1().Pods().Informer(),
		factory.Core().V1().Namespaces().Informer(),
		factory.Networking().V1().NetworkPolicies().Informer(),
	} {
		if _, err := informer.AddEventHandler(handler); err != nil {
			return err
		}
	}
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())
	note()
	return keepInStep(ctx, source, node, changed, note)
}

func keepInStep(ctx context.Context, source snapshotSource, node string, changed <-chan struct{}, note func()) error {
	applied := ""
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-changed:
		}
		time.Sleep(settleTime)
		now, err := source.take()
		if err != nil {
			return err
		}
		table := now.render(node)
		if table == applied {
			continue
		}
		if err := apply(ctx, table); err != nil {
			fmt.Fprintln(os.Stderr, err)
			time.AfterFunc(time.Second, note)
			continue
		}
		applied = table
		fmt.Println("in step with", len(now.policies), "policies")
	}
}

// apply replaces the table in one transaction: no packet sees half of it.
func apply(ctx context.Context, table string) error {
	command := exec.CommandContext(ctx, "nft", "-f", "-")
	command.Stdin = strings.NewReader(table)
	if said, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("nft: %w: %s", err, said)
	}
	return nil
}
