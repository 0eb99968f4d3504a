//go:build tools

// Package engine pins the Pulumi engine that the sandbox builds where it can neither be found nor downloaded.
package engine

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
