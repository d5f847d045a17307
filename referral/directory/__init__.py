"""Where help is: councils, police divisions, health boards, ADPs, custody centres, organisations, services."""
