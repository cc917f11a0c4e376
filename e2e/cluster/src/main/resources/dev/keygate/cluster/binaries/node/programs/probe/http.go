package main

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"
)

// options reads "--name value" pairs.
func options(words []string) (map[string]string, error) {
	found := map[string]string{}
	for i := 0; i < len(words); i += 2 {
		if i+1 == len(words) || !strings.HasPrefix(words[i], "--") {
			return nil, fmt.Errorf("not an option with a value: %s", words[i])
		}
		found[words[i][2:]] = words[i+1]
	}
	return found, nil
}

// ask prints the status and the body.
func ask(method, url string, words []string) (string, error) {
	option, err := options(words)
	if err != nil {
		return "", err
	}
	request, err := http.NewRequest(method, url, strings.NewReader(option["body"]))
	if err != nil {
		return "", err
	}
	if option["body"] != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	if file := option["bearer-file"]; file != "" {
		token, err := cat([]string{file})
		if err != nil {
			return "", err
		}
		request.Header.Set("Authorization", "Bearer "+strings.TrimSpace(token))
	}
	if name, value, found := strings.Cut(option["header"], ":"); found {
		request.Header.Set(name, strings.TrimSpace(value))
	}
	client, err := clientTrusting(option["ca"])
	if err != nil {
		return "", err
	}
	response, err := client.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	return fmt.Sprintf("%d %s", response.StatusCode, body), err
}

func clientTrusting(file string) (*http.Client, error) {
	roots := x509.NewCertPool()
	if file != "" {
		pem, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		roots.AppendCertsFromPEM(pem)
	}
	transport := &http.Transport{DisableKeepAlives: true, TLSClientConfig: &tls.Config{RootCAs: roots}}
	refuse := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &http.Client{Transport: transport, Timeout: 10 * time.Second, CheckRedirect: refuse}, nil
}

// serve answers /health after a while, /admission with a mutation, and all else with a greeting.
func serve(address string, words []string) error {
	option, err := options(words)
	if err != nil {
		return err
	}
	start, wait := time.Now(), duration("0"+option["ready-after"])
	http.HandleFunc("/health", func(out http.ResponseWriter, _ *http.Request) {
		if time.Since(start) < wait {
			http.Error(out, "starting", http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(out, "ok")
	})
	http.HandleFunc("/admission", admit)
	http.HandleFunc("/", func(out http.ResponseWriter, _ *http.Request) {
		name, _ := os.Hostname()
		fmt.Fprintln(out, "hello from", name)
	})
	fmt.Println("serving on", address)
	if option["cert"] != "" {
		return http.ListenAndServeTLS(address, option["cert"], option["key"], nil)
	}
	return http.ListenAndServe(address, nil)
}

// admit allows every object and adds the annotation "probe: seen" to it.
func admit(out http.ResponseWriter, in *http.Request) {
	var review struct {
		Request struct {
			UID string `json:"uid"`
		} `json:"request"`
	}
	_ = json.NewDecoder(in.Body).Decode(&review)
	patch := `[{"op":"add","path":"/metadata/annotations","value":{"probe":"seen"}}]`
	fmt.Fprintf(out, `{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","response":`+
		`{"uid":%q,"allowed":true,"patchType":"JSONPatch","patch":%q}}`,
		review.Request.UID, base64.StdEncoding.EncodeToString([]byte(patch)))
}
