"""What is known of APIs: where they are, how they want to be asked, and when again."""
