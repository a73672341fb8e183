//! Addresses of articles: their hosts, and whose site a host belongs to.

/// Returns the host of an absolute address, without user, port and a final dot.
pub(crate) fn host(address: &str) -> Option<&str> {
    let (scheme, rest) = address.split_once("://")?;
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return None;
    }
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = host.rsplit_once(':').map_or(host, |(name, port)| {
        if port.bytes().all(|byte| byte.is_ascii_digit()) { name } else { host }
    });
    let host = host.trim_end_matches('.');
    (!host.is_empty() && !host.contains(char::is_whitespace)).then_some(host)
}

/// Returns the site of an absolute address in lower case: the part of its host that somebody
/// registered, by the public suffix list (`news.example.co.uk` is of `example.co.uk`), else the
/// whole host.
pub(crate) fn site(address: &str) -> Option<String> {
    let host = host(address)?.to_ascii_lowercase();
    let is_number = host.starts_with('[') || host.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if is_number {
        return Some(host);
    }
    Some(psl::domain_str(&host).unwrap_or(&host).to_owned())
}

/// Whether an address names more than a site.
pub(crate) fn names_a_page(address: &str) -> bool {
    host(address).is_some_and(|host| {
        let after = address.find(host).map_or("", |at| &address[at + host.len()..]);
        let after = after.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit());
        !after.trim_matches('/').is_empty()
    })
}

/// Whether two absolute addresses are those of one page: scheme, `www.`, the part after `#` and a
/// final `/` make no difference.
pub(crate) fn same_page(a: &str, b: &str) -> bool {
    names_a_page(a) && plain(a).is_some_and(|a| Some(a) == plain(b))
}

/// Returns the host in lower case and what follows it.
fn plain(address: &str) -> Option<(String, &str)> {
    let own = host(address)?;
    let after = &address[address.find(own)? + own.len()..];
    let path = after.split('#').next().unwrap_or(after).trim_end_matches('/');
    let own = own.to_ascii_lowercase();
    Some((own.strip_prefix("www.").map(str::to_owned).unwrap_or(own), path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_an_address_are_one_page() {
        assert!(same_page("http://www.a.example/x/", "https://A.example/x#part"));
        assert!(!same_page("https://a.example/x?id=1", "https://a.example/x?id=2"));
        assert!(!same_page("https://a.example/", "https://a.example"));
        assert!(!same_page("https://a.example/x", "https://b.example/x"));
    }

    #[test]
    fn the_site_is_what_somebody_registered() {
        assert_eq!(site("https://News.Example.co.uk/a").as_deref(), Some("example.co.uk"));
        assert_eq!(site("http://www.example.com:8080").as_deref(), Some("example.com"));
        assert_eq!(site("http://me@m.example.lk.?x").as_deref(), Some("example.lk"));
        assert_eq!(site("http://blog.github.io/x").as_deref(), Some("blog.github.io"));
        assert_eq!(site("http://127.0.0.1:80/x").as_deref(), Some("127.0.0.1"));
        assert_eq!(site("http://localhost/x").as_deref(), Some("localhost"));
        assert_eq!(site("/x"), None);
        assert_eq!(site("urn:x"), None);
        assert_eq!(site("https:///x"), None);
    }

    #[test]
    fn a_bare_site_is_no_page() {
        assert!(names_a_page("https://a.example/x"));
        assert!(names_a_page("https://a.example/?id=4"));
        assert!(!names_a_page("https://a.example/"));
        assert!(!names_a_page("https://a.example"));
        assert!(!names_a_page("https://a.example:80/"));
    }
}
