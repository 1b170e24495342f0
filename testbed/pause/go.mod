module github.com/SovereignCloudStack/scs-conformance/testbed/pause

go 1.26.0
