"""Every product at once: counted, proved, ranked and explained."""
