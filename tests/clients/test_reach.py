import socket

import pytest

from pagerd.clients.reach import OutOfReachError, Reach, fault_of_address, fault_of_url, guarded_socket, reach_for

NEVER = [
    "169.254.169.254",
    "169.254.170.2",
    "fe80::1",
    "fe80::1%eth0",
    "fd00:ec2::254",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.192",
    "0.0.0.0",
    "::",
    "224.0.0.1",
    "ff02::1",
    "240.0.0.1",
    "255.255.255.255",
    "::ffff:169.254.169.254",
    "64:ff9b::169.254.169.254",
    "2002:a9fe:a9fe::1",
    "::169.254.169.254",
]
PRIVATE = [
    "127.0.0.1",
    "127.8.8.8",
    "::1",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "fd12:3456::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::10.0.0.1",
    "2002:7f00:0001::1",
]
PUBLIC = ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"]


@pytest.mark.parametrize("address", NEVER)
def test_out_of_reach_for_all(address):
    """Link-local, metadata, multicast and reserved addresses are refused, in every way to write them."""
    assert fault_of_address(address, Reach.PUBLIC)
    assert fault_of_address(address, Reach.OWN_NETWORK)


@pytest.mark.parametrize("address", PRIVATE)
def test_within_our_own_network(address):
    """Private and loopback addresses are for those who asked for their own network."""
    assert fault_of_address(address, Reach.PUBLIC)
    assert fault_of_address(address, Reach.OWN_NETWORK) is None


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses(address):
    """The public internet is within everybody's reach."""
    for reach in Reach:
        assert fault_of_address(address, reach) is None


@pytest.mark.parametrize("address", [*NEVER, *PRIVATE])
def test_anywhere_is_anywhere(address):
    """What the code itself names is not checked."""
    assert fault_of_address(address, Reach.ANYWHERE) is None


@pytest.mark.parametrize(
    ("url", "reach"),
    [
        ("http://127.0.0.1:8080/send", Reach.OWN_NETWORK),
        ("http://localhost/send", Reach.OWN_NETWORK),
        ("http://[::1]/send", Reach.OWN_NETWORK),
        ("https://sms.example.net/send", Reach.PUBLIC),
        ("http://127.0.0.1.example.net/", Reach.PUBLIC),
        ("http://2130706433/", Reach.PUBLIC),
        ("http://10.0.0.1/", Reach.PUBLIC),
        ("nonsense", Reach.PUBLIC),
        ("http://[::1/", Reach.PUBLIC),
    ],
)
def test_naming_loopback_is_asking_for_it(url, reach):
    """Only a URL that says loopback in plain words has it without more."""
    assert reach_for(url, own_network=False) is reach
    assert reach_for(url, own_network=True) is Reach.OWN_NETWORK


@pytest.mark.parametrize(
    ("url", "public", "own"),
    [
        ("https://a.example/x?y=1", True, True),
        ("http://a.example/x", False, True),
        ("HTTPS://A.example", True, True),
        ("ftp://a.example", False, False),
        ("file:///etc/passwd", False, False),
        ("gopher://a.example", False, False),
        ("//a.example/x", False, False),
        ("a.example", False, False),
        ("", False, False),
        ("https://", False, False),
        ("https:///x", False, False),
        ("https://a:b@a.example", False, False),
        ("https://a@a.example", False, False),
        ("https://a.example:port/", False, False),
        ("https://a.example:99999/", False, False),
        ("https://[::1/", False, False),
    ],
)
def test_urls(url, public, own):
    """What is no http or https URL, or carries credentials, is refused; plain http stays at home."""
    assert (fault_of_url(url, Reach.PUBLIC) is None) is public
    assert (fault_of_url(url, Reach.OWN_NETWORK) is None) is own


def test_the_socket_is_where_it_is_checked():
    """The address that is connected to is the one that was checked."""
    info = (socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", ("10.0.0.1", 443))

    guarded_socket(Reach.OWN_NETWORK, info).close()
    with pytest.raises(OutOfReachError, match="private"):
        guarded_socket(Reach.PUBLIC, info)
