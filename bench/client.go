package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"slices"
	"strings"
	"time"
)

// client asks GraphQL from addresses of its choice. Without a jar it is a visitor who was never here.
type client struct {
	url  string
	http *http.Client
}

func (g *gatehouse) visitor() *client {
	return &client{g.url, &http.Client{Timeout: 30 * time.Second}}
}

func (g *gatehouse) browser() (*client, error) {
	jar, err := cookiejar.New(nil)
	return &client{g.url, &http.Client{Timeout: 30 * time.Second, Jar: jar}}, err
}

// answer is what came back, and after how long.
type answer struct {
	took time.Duration
	// looks is all of it that must be the same for everybody: the status, which headers there are, and the body.
	looks string
	body  []byte
}

// request is what is sent, made before its time is taken.
func (c *client) request(ctx context.Context, from, query string, input any) (*http.Request, error) {
	body, err := json.Marshal(map[string]any{"query": query, "variables": map[string]any{"input": input}})
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url+"/graphql", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("X-Forwarded-For", from)
	return request, nil
}

// ask sends an operation from an address and takes its time, until the last byte of the answer.
func (c *client) ask(ctx context.Context, from, query string, input any) (answer, error) {
	request, err := c.request(ctx, from, query, input)
	if err != nil {
		return answer{}, err
	}
	began := time.Now()
	response, err := c.http.Do(request)
	if err != nil {
		return answer{}, err
	}
	body, err := io.ReadAll(response.Body)
	took := time.Since(began)
	if err := errors.Join(err, response.Body.Close()); err != nil {
		return answer{}, err
	}
	var headers []string
	for name := range response.Header {
		headers = append(headers, name)
	}
	slices.Sort(headers)
	return answer{took: took, looks: fmt.Sprintf("%d %s %s", response.StatusCode, strings.Join(headers, ","), body), body: body}, nil
}

// must sends an operation that is to succeed, and reads its one field into the payload.
func (c *client) must(ctx context.Context, from, query string, input, payload any) error {
	got, err := c.ask(ctx, from, query, input)
	if err != nil {
		return err
	}
	var reply struct {
		Data   map[string]json.RawMessage
		Errors []any
	}
	if err := json.Unmarshal(got.body, &reply); err != nil {
		return fmt.Errorf("%s: %w", got.body, err)
	}
	if len(reply.Errors) > 0 || len(reply.Data) != 1 {
		return fmt.Errorf("%s: %s", query, got.body)
	}
	for _, field := range reply.Data {
		var refused struct{ UserErrors []any }
		if err := json.Unmarshal(field, &refused); err != nil {
			return err
		}
		if len(refused.UserErrors) > 0 {
			return fmt.Errorf("%s: %s", query, got.body)
		}
		if err := json.Unmarshal(field, payload); err != nil {
			return err
		}
	}
	return nil
}
