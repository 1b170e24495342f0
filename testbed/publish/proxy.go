package main

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"strconv"
	"strings"

	networking "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/labels"
	corelisters "k8s.io/client-go/listers/core/v1"
	networkinglisters "k8s.io/client-go/listers/networking/v1"
)

// proxy leads requests by host and path to the Services of the Ingresses of its class, as they are at that moment.
type proxy struct {
	services  corelisters.ServiceLister
	ingresses networkinglisters.IngressLister
}

// serve listens on port 80 of each address and returns; whoever cannot serve later says so and ends the program.
func serve(addresses []string, handler http.Handler) error {
	for _, address := range addresses {
		listener, err := net.Listen("tcp", net.JoinHostPort(address, "80"))
		if err != nil {
			return err
		}
		go func() {
			fmt.Fprintln(os.Stderr, http.Serve(listener, handler))
			os.Exit(1)
		}()
	}
	return nil
}

func (p proxy) ServeHTTP(answer http.ResponseWriter, request *http.Request) {
	backend := p.backend(hostOf(request), request.URL.Path)
	if backend == nil {
		http.NotFound(answer, request)
		return
	}
	httputil.NewSingleHostReverseProxy(backend).ServeHTTP(answer, request)
}

func hostOf(request *http.Request) string {
	if host, _, err := net.SplitHostPort(request.Host); err == nil {
		return host
	}
	return request.Host
}

// backend of the longest path that matches; every type of path is taken as a prefix.
func (p proxy) backend(host string, path string) *url.URL {
	ingresses, err := p.ingresses.List(labels.Everything())
	if err != nil {
		return nil
	}
	longest := -1
	var found *url.URL
	for _, ingress := range ingresses {
		if !ofOurClass(ingress) {
			continue
		}
		for _, rule := range ingress.Spec.Rules {
			if rule.HTTP == nil || (rule.Host != "" && rule.Host != host) {
				continue
			}
			for _, one := range rule.HTTP.Paths {
				if strings.HasPrefix(path, one.Path) && len(one.Path) > longest {
					longest = len(one.Path)
					found = p.address(ingress.Namespace, one.Backend.Service)
				}
			}
		}
	}
	return found
}

func (p proxy) address(namespace string, backend *networking.IngressServiceBackend) *url.URL {
	if backend == nil {
		return nil
	}
	service, err := p.services.Services(namespace).Get(backend.Name)
	if err != nil {
		return nil
	}
	for _, port := range service.Spec.Ports {
		if port.Port == backend.Port.Number || (backend.Port.Name != "" && port.Name == backend.Port.Name) {
			return &url.URL{Scheme: "http", Host: net.JoinHostPort(service.Spec.ClusterIP, strconv.Itoa(int(port.Port)))}
		}
	}
	return nil
}
