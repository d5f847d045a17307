"""Where help is: areas, custody centres, organisations and their services."""
